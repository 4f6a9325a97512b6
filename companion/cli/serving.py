"""`serve` and `demo`: choose the engine, then load the program and run it."""

import argparse
import os
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from companion.app import App
    from companion.config import Settings
    from companion.engine import Engine


def serve(options: argparse.Namespace) -> int:
    """Serve the workshops of a database until the process is told to end."""
    engine = _choose_engine(options)

    from companion.cli import greeting
    from companion.cli.refusing import sentences

    with sentences():
        settings = _settings(options)
        return _run(settings, engine, ready=greeting.of_server)


def demo(options: argparse.Namespace) -> int:
    """Serve the demo workshop, made or taken up again."""
    engine = _choose_engine(options)

    from companion.cli import demonstrating, greeting
    from companion.cli.refusing import sentences

    with sentences():
        settings = _settings(options)
        kept = demonstrating.prepare_database(Path(settings.database.path), settings.session)
        print(kept, flush=True)
        return _run(settings, engine, ready=lambda app: greeting.of_demo(app, options.links))


def _choose_engine(options: argparse.Namespace) -> "Engine":
    """Make the engine that the options, the environment or the file name the process's own, before any other import.

    What is wrong with the file is said once it is read as a whole.
    """
    named = options.engine or os.environ.get("COMPANION_SERVER_ENGINE") or _engine_in(options.config)
    engine: Literal["eventlet", "threading"] = "threading" if named == "threading" else "eventlet"

    from companion import engine as engines

    return engines.choose(engine)


def _engine_in(config: Path | None) -> object:
    try:
        server = tomllib.loads((config or Path("config.toml")).read_text(encoding="utf-8")).get("server")
    except (OSError, ValueError):
        return None
    return server.get("engine") if isinstance(server, dict) else None


def _settings(options: argparse.Namespace) -> "Settings":
    """Return the settings of the file and the environment, with what the command line says before both."""
    import msgspec

    from companion.config import Settings

    settings = Settings.load(options.config, os.environ)
    said = {name: value for name in ("host", "port", "engine") if (value := getattr(options, name)) is not None}
    server = msgspec.structs.replace(settings.server, **said)
    path = options.database or settings.database.path
    database = msgspec.structs.replace(settings.database, path=path)
    return msgspec.structs.replace(settings, server=server, database=database)


def _run(settings: "Settings", engine: "Engine", *, ready: "Callable[[App], None]") -> int:
    from companion import logs
    from companion.cli.refusing import CommandRefused
    from companion.serve import CannotListen
    from companion.serve import serve as run

    logs.set_up(settings.logs.level)
    try:
        return run(settings, engine, ready=ready)
    except CannotListen as error:
        raise CommandRefused(str(error)) from error
    finally:
        sys.stdout.flush()
