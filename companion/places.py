"""Where the files that are not Python stand: in a checkout beside the package, in an installed wheel inside it."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def static_folder() -> Path:
    """Return the folder of scripts, styles, images and sounds, built libraries included."""
    return _built_in("static")


def templates_folder() -> Path:
    """Return the folder of the pages' templates."""
    return _built_in("templates")


def translations_folder() -> Path:
    """Return the folder of gettext catalogues, `<language>/LC_MESSAGES/messages.mo`."""
    return _PACKAGE / "translations"


def demo_file() -> Path:
    """Return the demo workshop, in the JSON form that `companion import` takes."""
    return _PACKAGE / "demo" / "workshop.json"


def _built_in(name: str) -> Path:
    inside = _PACKAGE / f"_{name}"
    return inside if inside.is_dir() else _PACKAGE.parent / name
