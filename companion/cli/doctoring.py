"""`doctor`: says what is well and what is not, one sentence each; status 1 where something is wrong."""

import argparse
import os

import msgspec

from companion.cli.refusing import sentences
from companion.clock import Clock
from companion.config import Settings
from companion.keeping import ailments
from companion.keeping.ailments import Level


def doctor(options: argparse.Namespace) -> int:
    """Look at the settings, the machine, the database and its copies, and print what was found; nothing is changed."""
    with sentences():
        settings = Settings.load(options.config, os.environ)
    if options.database is not None:
        database = msgspec.structs.replace(settings.database, path=options.database)
        settings = msgspec.structs.replace(settings, database=database)
    found = []
    for finding in ailments.look(settings, Clock()):
        found.append(finding)
        if not options.json:
            print(f"{finding.level:<8} {finding.about:<12} {finding.said}.", flush=True)
    if options.json:
        print(msgspec.json.format(msgspec.json.encode([finding._asdict() for finding in found])).decode())
    return int(any(finding.level is Level.PROBLEM for finding in found))
