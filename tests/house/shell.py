"""The command line as a shell runs it, and what it leaves behind."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

STARTS_WITHIN_SECONDS = 30


def sentence(capsys: pytest.CaptureFixture[str]) -> str:
    """Return what was said on standard error: one sentence."""
    said = capsys.readouterr().err
    assert re.fullmatch(r"companion: [^\n]+[.!?]\n", said), said
    return said.removeprefix("companion: ").strip()


def content(folder: Path) -> dict[str, bytes]:
    """Return every file that has something in it; a reader's empty log and index are no change."""
    passing = (".lock", "-shm", "-wal")
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith(passing)}


def run(*arguments: str, cwd: Path, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "companion", *arguments],
        cwd=cwd,
        env={**os.environ, **environ},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
