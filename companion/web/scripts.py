"""Our scripts as browsers get them, and which others each of them imports."""

import posixpath
import re
from typing import Final

_FOLDER: Final = "/static/"
# Only what has its lines to itself, as ours has: whoever looks for more has to read the whole language.
_COMMENT: Final = re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*$", re.MULTILINE | re.DOTALL)
# Statements begin a line; types in comments, which also say `import(…)`, do not.
_IMPORT: Final = re.compile(
    r"""^(?:await\ import\(|import\s|(?:import|export)\s[^'"`;()=]*?\bfrom)\s*['"]([^'"\n]+)['"]""",
    re.MULTILINE | re.VERBOSE,
)


def without_comments(source: str) -> str:
    """Return a script without the comments that stand alone; every line keeps its number."""
    return _COMMENT.sub(lambda comment: "\n" * comment[0].count("\n"), source)


def imported(path: str, source: str) -> tuple[str, ...]:
    """Return the paths, inside `static/`, of what the script at `path` waits for before it runs on."""
    return tuple(dict.fromkeys(_resolved(path, specifier) for specifier in _IMPORT.findall(source)))


def _resolved(path: str, specifier: str) -> str:
    if specifier.startswith(_FOLDER):
        return specifier.removeprefix(_FOLDER)
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), specifier))
