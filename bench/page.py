"""`docs/benchmarks.md`: one section for each program that measures, written by it and left alone by the others."""

import os
import platform
from pathlib import Path
from typing import Final

_PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
_HEADING: Final = "\n## "


def write_section(title: str, text: str) -> None:
    """Put `text` under its heading, in the place of what stood there; a new heading comes last."""
    head, *sections = _PAGE.read_text().rstrip().split(_HEADING)
    section = f"{title}\n\n{text.strip()}\n"
    titles = [each.partition("\n")[0] for each in sections]
    if title in titles:
        sections[titles.index(title)] = section
    else:
        sections.append(section)
    _PAGE.write_text("\n".join(part.rstrip() + "\n" for part in (head, *(_HEADING[1:] + each for each in sections))))
    print(section)


def machine() -> str:
    """Return on what it was measured, in words."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.python_implementation()} {platform.python_version()}"
    )
