"""Our scripts as they are sent, held against what a compiler makes of them."""

import subprocess
import sys
from pathlib import Path

from companion import places
from companion.web.scripts import without_comments

NODE = Path(sys.executable).with_name("node")
ESBUILD = Path(__file__).parents[2] / "node_modules" / "esbuild" / "bin" / "esbuild"


def test_only_comments_are_left_out(tmp_path: Path) -> None:
    ours = places.static_folder() / "js"
    scripts = {file.relative_to(ours): file.read_text() for file in ours.rglob("*.js")}
    sent = {path: without_comments(source) for path, source in scripts.items()}
    assert len(scripts) > 100
    assert sum(map(len, sent.values())) < 0.9 * sum(map(len, scripts.values()))
    assert compiled(sent, tmp_path / "sent") == compiled(scripts, tmp_path / "written")


def test_every_line_keeps_its_number() -> None:
    source = """\
/**
 * What this is for.
 */
import './two.js'; // stays: it does not stand alone

  /** @type {number} */
  /** Stays. */ #n = 1;
  // Why.
  text = `/* stays */ //`;
"""
    assert without_comments(source).splitlines() == [
        "", "", "", "import './two.js'; // stays: it does not stand alone", "", "", "  /** Stays. */ #n = 1;", "", "  text = `/* stays */ //`;"
    ]  # fmt: skip


def compiled(scripts: dict[Path, str], folder: Path) -> dict[Path, str]:
    """Return what esbuild makes of the scripts: how they are laid out is its own, so that only what runs can differ."""
    before, after = folder / "before", folder / "after"
    for path, source in scripts.items():
        (before / path).parent.mkdir(parents=True, exist_ok=True)
        (before / path).write_text(source)
    command = [str(NODE), str(ESBUILD), "--minify-whitespace", f"--outbase={before}", f"--outdir={after}"]
    finished = subprocess.run(
        [*command, *(str(before / path) for path in scripts)], capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return {path: (after / path).read_text() for path in scripts}
