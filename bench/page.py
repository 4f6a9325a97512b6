"""`docs/benchmarks.md`: one section for each program that measures, written by it and left alone by the others."""

import os
import platform
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import Final

from bench.charts import Chart

_PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_CHARTS: Final = _PAGE.parent / "benchmarks"
_HEADING: Final = "\n## "
_SYNCS: Final = 50
_BLOCK: Final = bytes(4_096)


def write_section(title: str, text: str) -> None:
    """Put `text` under its heading, in the place of what stood there; a new heading comes last."""
    head, *sections = _PAGE.read_text().rstrip().split(_HEADING)
    section = f"{title}\n\n{text.strip()}\n"
    titles = [each.partition("\n")[0] for each in sections]
    if title in titles:
        sections[titles.index(title)] = section
    else:
        sections.append(section)
    _write(head, sections)
    print(section)


def write_first(written: Sequence[tuple[str, str]]) -> None:
    """Put sections, each a heading and its text, before all others, in the place of what stood under these headings."""
    head, *sections = _PAGE.read_text().rstrip().split(_HEADING)
    titles = {title for title, _ in written}
    others = [each for each in sections if each.partition("\n")[0] not in titles]
    _write(head, [*(f"{title}\n\n{text.strip()}\n" for title, text in written), *others])


def draw(chart: Chart) -> str:
    """Write the drawing beside the page, and return what shows it there."""
    _CHARTS.mkdir(exist_ok=True)
    (_CHARTS / f"{chart.name}.svg").write_text(chart.svg())
    return f"![{chart.words()}](benchmarks/{chart.name}.svg)"


def machine() -> str:
    """Return on what it was measured, in words."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.python_implementation()} {platform.python_version()}"
    )


def processor() -> str:
    """Return what the processor calls itself, and the system."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return f"{name or platform.processor()}, {platform.system()} {platform.release()}"


def sync_ms() -> float:
    """Return how long the disk takes to have 4 KiB for certain, in milliseconds: the median of several."""
    spent = []
    with tempfile.TemporaryFile() as file:
        for _ in range(_SYNCS):
            began = time.perf_counter()
            file.write(_BLOCK)
            file.flush()
            os.fdatasync(file.fileno())
            spent.append(time.perf_counter() - began)
    return median(spent) * 1e3


def _write(head: str, sections: Sequence[str]) -> None:
    _PAGE.write_text("\n".join(part.rstrip() + "\n" for part in (head, *(_HEADING[1:] + each for each in sections))))
