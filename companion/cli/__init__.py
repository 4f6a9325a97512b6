"""The command line: what can be asked of the program, and the exit status of each answer.

0: done. 1: refused, in one sentence on standard error, and every file as it was. 2: not a command.
Nothing but the argument parser is imported here: for `serve` and `demo` the engine has to be chosen first.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from companion.cli.refusing import CommandRefused

_PORTS = 65_535
_FORMATS = ("json", "html", "md", "csv", "draft.md", "draft.json")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit status; without one, print what there is."""
    parser = make_parser()
    options = parser.parse_args(arguments)
    run: Callable[[argparse.Namespace], int] | None = getattr(options, "run", None)
    if run is None:
        parser.print_help()
        return 0
    try:
        return run(options)
    except CommandRefused as refused:
        print(f"companion: {refused}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; each sets `run`."""
    parser = argparse.ArgumentParser(
        prog="companion",
        description="The live companion of a hybrid meeting: lists of speakers, the floor, the record.",
    )
    parser.add_argument("--version", action="version", version=f"companion {_version()}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    _add_serve(commands.add_parser("serve", help="serve the workshops of a database"))
    _add_demo(commands.add_parser("demo", help="serve the sample workshop; its first panel begins now"))
    _add_import(commands.add_parser("import", help="take in a workshop from a file"))
    _add_export(commands.add_parser("export", help="write the record of a session, or of all"))
    _add_verify(commands.add_parser("verify", help="check that nothing in a database was changed"))
    _add_backup(commands.add_parser("backup", help="copy a database, also while a server runs on it"))
    _add_restore(commands.add_parser("restore", help="put a copy in the place of a database"))
    _add_doctor(commands.add_parser("doctor", help="say what is wrong before the doors open"))
    _add_simulate(commands.add_parser("simulate", help="play a panel into a running server"))
    return parser


def _add_serve(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_serve)
    _add_config(parser)
    _add_server(parser)
    parser.add_argument("--database", metavar="FILE", help="the database; made if there is none")


def _add_demo(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_demo)
    _add_config(parser)
    _add_server(parser)
    parser.add_argument(
        "--database", metavar="FILE", default="demo.db", help="where the demo is kept (demo.db in this folder)"
    )
    parser.add_argument(
        "--links",
        metavar="FILE",
        type=Path,
        help="write address, join code, sessions and everybody's link there (JSON)",
    )


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_import)
    parser.add_argument("file", metavar="FILE", type=Path, help="a workshop file (docs/WORKSHOP_FILE.md)")
    _add_config(parser)
    parser.add_argument("--database", metavar="FILE", help="the database; made if there is none")


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_export, usage_error=parser.error)
    parser.add_argument("session", metavar="SESSION", nargs="?", help="the session's id")
    parser.add_argument("--all", action="store_true", help="every session in every format, as one ZIP")
    parser.add_argument("--workshop", metavar="ID", help="with --all: of this workshop only")
    parser.add_argument("--format", choices=_FORMATS, help="json, html, md or csv; draft.md, draft.json")
    parser.add_argument("--out", metavar="FILE", required=True, help="where to; - is standard output")
    parser.add_argument(
        "--notes",
        choices=("released", "all"),
        default="released",
        help="all: for staff, with notes not released and numbers not published (released)",
    )
    parser.add_argument("--language", metavar="TAG", default="en", help="the language of headings (en)")
    _add_config(parser)
    parser.add_argument("--database", metavar="FILE", help="the database; it is only read")


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_verify)
    parser.add_argument("file", metavar="DATABASE|BUNDLE", type=Path, help="a database, or a journal as JSON lines")
    parser.add_argument("--record", metavar="FILE", type=Path, help="a record in JSON to compare a database with")


def _add_backup(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_backup)
    parser.add_argument("database", metavar="DATABASE", type=Path, help="the database; it is only read")
    parser.add_argument(
        "file", metavar="FILE", type=Path, nargs="?", help="where to (the folder of the copies, named by the time)"
    )
    _add_config(parser)


def _add_restore(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_restore)
    parser.add_argument("backup", metavar="BACKUP", type=Path, help="the copy; it is checked first, and only read")
    parser.add_argument("database", metavar="DATABASE", type=Path, help="what it replaces, which is kept beside it")
    parser.add_argument("--changed", action="store_true", help="also a copy whose history is not what was written")


def _add_doctor(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_doctor)
    parser.add_argument("database", metavar="DATABASE", nargs="?", help="the database (that of the settings)")
    parser.add_argument("--json", action="store_true", help="for programs: a list of {level, about, said}")
    _add_config(parser)


def _add_simulate(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(run=_simulate, usage_error=parser.error)
    parser.add_argument(
        "--links", metavar="FILE", type=Path, required=True, help="as written by companion demo --links"
    )
    parser.add_argument("--session", metavar="ID", help="the session to play (the first that is not closed)")
    parser.add_argument("--all", action="store_true", help="play all sessions that have not begun, one after the other")
    parser.add_argument("--speed", metavar="N", type=_speed, default=60.0, help="so many times faster than life (60)")
    parser.add_argument("--people", metavar="N", type=_count, default=41, help="how many take part (41)")
    parser.add_argument("--requests", metavar="N", type=_count, help="leave N people on the list, and stop there")
    parser.add_argument(
        "--stop-after", choices=("opening", "presentations", "discussion"), help="leave the panel as it is then"
    )
    parser.add_argument("--stay", action="store_true", help="keep everybody connected until this is ended")
    parser.add_argument("--seed", metavar="N", type=int, default=1, help="the same number plays the same panel (1)")


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--config", metavar="FILE", type=Path, help="settings (config.toml in this folder, if there is one)"
    )


def _add_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", metavar="ADDRESS", help="the address to listen on; 0.0.0.0 lets the network in")
    parser.add_argument("--port", metavar="PORT", type=_port, help="the port to listen on; 0 takes one that is free")
    parser.add_argument("--engine", choices=("eventlet", "threading"), help="what the server runs on")


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= _PORTS:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {_PORTS}")
    return port


def _count(text: str) -> int:
    count = int(text)
    if count < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return count


def _speed(text: str) -> float:
    speed = float(text)
    if not 0 < speed <= 1_000_000:  # noqa: PLR2004 (no float is infinite then)
        raise argparse.ArgumentTypeError("more than 0")
    return speed


def _version() -> str:
    import companion

    return companion.__version__


def _serve(options: argparse.Namespace) -> int:
    from companion.cli import serving

    return serving.serve(options)


def _demo(options: argparse.Namespace) -> int:
    from companion.cli import serving

    return serving.demo(options)


def _import(options: argparse.Namespace) -> int:
    from companion.cli import workshops

    return workshops.take_in(options)


def _export(options: argparse.Namespace) -> int:
    if options.all == bool(options.session):
        options.usage_error("either SESSION or --all is needed")
    if options.all == bool(options.format):
        options.usage_error("--format is needed for one session, and --all is every format")
    if options.workshop and not options.all:
        options.usage_error("--workshop goes with --all")

    from companion.cli import records

    return records.export(options)


def _verify(options: argparse.Namespace) -> int:
    from companion.cli import records

    return records.verify(options)


def _backup(options: argparse.Namespace) -> int:
    from companion.cli import keeping

    return keeping.backup(options)


def _restore(options: argparse.Namespace) -> int:
    from companion.cli import keeping

    return keeping.restore(options)


def _doctor(options: argparse.Namespace) -> int:
    from companion.cli import doctoring

    return doctoring.doctor(options)


def _simulate(options: argparse.Namespace) -> int:
    if options.all and (options.session or options.requests or options.stop_after or options.stay):
        options.usage_error("--all plays whole sessions, and leaves")

    from companion.cli import playing

    return playing.simulate(options)
