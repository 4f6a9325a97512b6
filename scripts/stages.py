"""Runs the project's checks and tests in stages, each with a time budget, and installs what they need first.

`python scripts/stages.py` runs them all; with names, only those. What reads the code alone runs beside the tests, where a core
is free, and is shown when it is done. Ends with how many passed and failed: tests one by one, every other stage as one.
"""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

# Chromium and the scripts of six languages for the screens; strace to prove what reaches the disk before it is said; nginx
# before the server, and certificates by openssl.
DEBIAN_PACKAGES = ("chromium", "fonts-noto-core", "fonts-noto-cjk", "nginx", "openssl", "strace")

COVERAGE_OVERALL = 90
COVERAGE_COMPLETE = ("companion/core/*", "companion/audiences/*", "companion/codec/*")

PYTEST = ("python", "-m", "pytest", "--quiet")
MEASURED = ("--cov", "--cov-report=")

# A stage over its budget is slow; one that takes so many times its budget hangs, and is ended.
HANGS_AFTER_BUDGETS = 3
# More than so many tests do not fail by chance.
MOST_UNSTEADY = 3
ENDS_WITHIN_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Stage:
    """Commands that belong together, and how long they may take."""

    name: str
    budget_seconds: int
    commands: tuple[tuple[str, ...], ...]
    reads_code_alone: bool = False
    """Whether it runs beside the tests, one such stage after the other."""
    needs_debian: bool = False
    may_be_unsteady: bool = False
    """Whether a few tests that fail are played once more, alone, and told by name: real browsers on two busy cores."""


# The tests of a file stay together: they share a server, or a browser. In which order the files come, tests/conftest.py says.
BY_FILE = ("--dist=loadfile", "--no-loadscope-reorder")
ON_BOTH_CORES = ("--numprocesses=2", *BY_FILE)
# What waits, for a browser, a minute's outage or a speaker's seconds, leaves a core to others.
TWO_MORE_THAN_CORES = ("--numprocesses=4", *BY_FILE)

STAGES = (
    Stage(
        "lint",
        10,
        (("ruff", "check", "--quiet", "."), ("ruff", "format", "--check", "--quiet", ".")),
        reads_code_alone=True,
    ),
    Stage("imports", 15, (("lint-imports", "--no-cache", "--no-logo"),), reads_code_alone=True),
    Stage("types", 90, (("mypy",),), reads_code_alone=True),
    Stage(
        "front-end",
        40,
        (
            ("node", "node_modules/typescript/bin/tsc"),
            ("node", "--import", "./tests/js/as_served.js", "--test", "tests/js/**/*.test.js"),
        ),
        reads_code_alone=True,
    ),
    Stage("unit", 210, ((*PYTEST, *MEASURED, *ON_BOTH_CORES, "-m", "not journey and not browser"),)),
    Stage(
        "end-to-end",
        360,
        # Of these, only servers are measured: see tests/journeys/server.py.
        (("env", "TEST_COVERAGE=1", *PYTEST, *TWO_MORE_THAN_CORES, "-m", "journey or browser"),),
        needs_debian=True,
        may_be_unsteady=True,
    ),
    Stage(
        "coverage",
        20,
        (
            ("coverage", "combine", "--quiet", "--append"),
            ("coverage", "report", f"--fail-under={COVERAGE_OVERALL}"),
            *(("coverage", "report", "--fail-under=100", f"--include={part}") for part in COVERAGE_COMPLETE),
        ),
    ),
)


Say = Callable[[str], None]


def say(line: str) -> None:
    """Print a line."""
    print(line, flush=True)


@dataclass(slots=True)
class Outcome:
    """What became of a stage."""

    stage: Stage
    seconds: float = 0
    passed: int = 0
    failed: int = 0


def main(names: list[str]) -> int:
    """Run the stages called `names`, or all; return 0 if everything passed."""
    for ending in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, lambda number, _: sys.exit(128 + number))  # what a stage runs is ended with it
    unknown = set(names) - {stage.name for stage in STAGES}
    if unknown:
        print(f"no such stage: {', '.join(sorted(unknown))}")
        return 2
    chosen = [stage for stage in STAGES if not names or stage.name in names]
    if any(stage.needs_debian for stage in chosen):
        install_debian_packages()
    if not (ROOT / "node_modules" / ".package-lock.json").exists():
        run(("npm", "ci", "--silent"))
    began = time.monotonic()
    outcomes = run_stages(chosen)
    report(outcomes, time.monotonic() - began)
    return int(any(outcome.failed for outcome in outcomes))


def run_stages(stages: Sequence[Stage]) -> list[Outcome]:
    """Run stages, those that read the code alone beside the others."""
    beside = [stage for stage in stages if stage.reads_code_alone]
    others = [stage for stage in stages if not stage.reads_code_alone]
    with ThreadPoolExecutor(max_workers=1) as one_at_a_time:
        reading = [one_at_a_time.submit(run_beside, stage) for stage in beside]
        try:
            tested = [run_stage(stage, say) for stage in others]
            return [*(each.result() for each in reading), *tested]
        except BaseException:
            one_at_a_time.shutdown(wait=False, cancel_futures=True)
            for process in [*RUNNING]:
                signal_all(process, signal.SIGKILL)
            raise


def run_beside(stage: Stage) -> Outcome:
    """Run a stage, and show what it says when it is done."""
    said: list[str] = []
    outcome = run_stage(stage, said.append)
    say("\n".join(said))
    return outcome


def install_debian_packages() -> None:
    """Install what is missing, or name the one command that does and exit."""
    missing = [package for package in DEBIAN_PACKAGES if not is_installed(package)]
    if not missing:
        return
    install = f"apt-get update && apt-get install --yes --no-install-recommends {' '.join(missing)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        sys.exit(f"The tests need {', '.join(missing)}. On Debian:\n  sudo sh -c '{install}'")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    finished = subprocess.run(
        ["sh", "-c", install], env=quiet, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if finished.returncode:
        sys.exit(f"{install}\n{finished.stdout}{finished.stderr}")


def is_installed(package: str) -> bool:
    """Return whether dpkg knows `package` as installed."""
    if shutil.which("dpkg-query") is None:
        return False
    query = ["dpkg-query", "--show", "--showformat=${Status}", package]
    return "ok installed" in subprocess.run(query, capture_output=True, text=True, check=False).stdout


def run_stage(stage: Stage, tell: Say) -> Outcome:
    """Run the commands of `stage`, all of them, so that one run shows everything that is wrong."""
    tell(f"\n# {stage.name}")
    outcome = Outcome(stage)
    began = time.monotonic()
    for command in stage.commands:
        status, lines = run(command, began + HANGS_AFTER_BUDGETS * stage.budget_seconds - time.monotonic(), tell)
        passed, failed = counted(lines)
        if stage.may_be_unsteady and status == 1 and 0 < failed <= MOST_UNSTEADY:
            left = began + HANGS_AFTER_BUDGETS * stage.budget_seconds - time.monotonic()
            status, again, failed = played_again(command, lines, left)
            passed += again
        outcome.passed += passed or (status == 0)
        outcome.failed += failed or (status != 0)
    outcome.seconds = time.monotonic() - began
    return outcome


def played_again(command: tuple[str, ...], lines: list[str], most_seconds: float) -> tuple[int, int, int]:
    """Play what failed once more, one test at a time; return the exit status, and how many passed and failed now."""
    failed = [line.split(" - ")[0] for line in lines if line.startswith(("FAILED ", "ERROR "))]
    say("\n  ".join(("\nunsteady, played once more, alone:", *failed)))
    status, again = run((*command, "--numprocesses=0", "--last-failed", "--last-failed-no-failures=none"), most_seconds)
    return (status, *counted(again))


# What runs now, to be ended with this program.
RUNNING: set["subprocess.Popen[str]"] = set()


def run(command: tuple[str, ...], most_seconds: float = 600, tell: Say = say) -> tuple[int, list[str]]:
    """Run `command` with the environment's tools; return its exit status and the lines that it printed, told as they come.

    After `most_seconds` it is ended with all that it started; Python says then where each thread was.
    """
    environ = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "PYTHONUNBUFFERED": "1"}
    # Also where a machine would keep no bytecode: dozens of servers are started, and each would compile the whole program.
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env=environ,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        start_new_session=True,
    )
    RUNNING.add(process)
    hung = threading.Event()
    too_long = threading.Timer(max(0, most_seconds), end_hanging, [process, " ".join(command), hung])
    too_long.start()
    lines: list[str] = []
    try:
        for line in process.stdout or ():
            tell(line.rstrip("\n"))
            lines.append(line.rstrip())
        process.wait()
    finally:
        RUNNING.discard(process)
        too_long.cancel()
        signal_all(process, signal.SIGKILL)  # what a worker that was ended left behind
    return process.returncode or int(hung.is_set()), lines


def end_hanging(process: "subprocess.Popen[str]", command: str, hung: threading.Event) -> None:
    """End a command that hangs, also where only something that it left behind does, and say so."""
    hung.set()
    say(f"\nhangs, and is ended: {command}")
    signal_all(process, signal.SIGABRT)
    time.sleep(ENDS_WITHIN_SECONDS)
    signal_all(process, signal.SIGKILL)


def signal_all(process: "subprocess.Popen[str]", number: signal.Signals) -> None:
    """Send a signal to a command and all that it started, as far as they still run."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, number)


def counted(lines: Iterable[str]) -> tuple[int, int]:
    """Return how many tests passed and failed, read from the closing lines of pytest or of Node's test runner."""
    tail = list(lines)[-40:]
    pytest = next((line for line in reversed(tail) if re.search(r" in [\d.]+s", line)), "")
    counts = {what: int(number) for number, what in re.findall(r"(\d+) (passed|failed|error)", pytest)}
    node = dict(re.findall(r"^\S (pass|fail) (\d+)$", "\n".join(tail), re.MULTILINE))
    return (
        counts.get("passed", 0) + int(node.get("pass", 0)),
        counts.get("failed", 0) + counts.get("error", 0) + int(node.get("fail", 0)),
    )


def report(outcomes: list[Outcome], seconds: float) -> None:
    """Print each stage's time beside its budget, that of all together, and the closing line."""
    print(f"\n{'stage':<12} {'took':>7} {'budget':>7}")
    for outcome in outcomes:
        remark = "failed" if outcome.failed else "over budget" if outcome.seconds > outcome.stage.budget_seconds else ""
        took, budget = f"{outcome.seconds:.1f} s", f"{outcome.stage.budget_seconds} s"
        print(f"{outcome.stage.name:<12} {took:>7} {budget:>7}  {remark}".rstrip())
    print(f"{'all':<12} {f'{seconds:.1f} s':>7}\n")
    print(f"{sum(each.passed for each in outcomes)} passed, {sum(each.failed for each in outcomes)} failed", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
