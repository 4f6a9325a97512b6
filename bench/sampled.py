"""`python -m bench.sampled FILE ARGUMENT…`: the command line of the program, with its loop looked at as it works.

Between SIGUSR1 and SIGUSR2, the stack of the main thread is noted every few milliseconds of the processor; at the end, how
often each was seen is written to FILE as JSON: a list of `[count, [innermost frame, …]]`, a frame being `file:function:line`. What C functions take (system
calls too) counts for the line that calls them.
"""

import json
import runpy
import signal
import sys
from collections import Counter
from pathlib import Path
from types import CodeType, FrameType
from typing import Final

EVERY_SECONDS: Final = 0.001
_PARTS_OF_PATH: Final = 2


def main() -> None:
    """Run the program, and write what was seen."""
    into, *arguments = sys.argv[1:]
    seen: Counter[tuple[tuple[CodeType, int], ...]] = Counter()

    def look(_: int, frame: FrameType | None) -> None:
        stack = []
        while frame is not None:
            stack.append((frame.f_code, frame.f_lineno))
            frame = frame.f_back
        seen[tuple(stack)] += 1

    signal.signal(signal.SIGPROF, look)
    signal.siginterrupt(signal.SIGPROF, False)  # noqa: FBT003 (the signature's)
    signal.signal(signal.SIGUSR1, lambda *_: signal.setitimer(signal.ITIMER_PROF, EVERY_SECONDS, EVERY_SECONDS))
    signal.signal(signal.SIGUSR2, lambda *_: signal.setitimer(signal.ITIMER_PROF, 0))
    sys.argv = ["companion", *arguments]
    try:
        runpy.run_module("companion", run_name="__main__")
    finally:
        Path(into).write_text(json.dumps([[count, [*map(_told, stack)]] for stack, count in seen.items()]))


def _told(frame: tuple[CodeType, int]) -> str:
    code, line = frame
    return f"{'/'.join(Path(code.co_filename).parts[-_PARTS_OF_PATH:])}:{code.co_qualname}:{line}"


if __name__ == "__main__":
    main()
