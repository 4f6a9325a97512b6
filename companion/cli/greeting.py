"""What the server says when it listens: where it is, how to get in, and what plain HTTP means."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import segno

from companion.app import App
from companion.cli.refusing import CommandRefused
from companion.clock import show_join_code
from companion.core.people import Role
from companion.keeping.copies import folder_of
from companion.store import directory
from companion.store.database import SQLITE_VERSION
from companion.store.directory import PersonRow, SessionRow, Workshop

_OWNER_ONLY = 0o600
_TO_PLAY = ("recommendations", "rapporteur_notes", "polls")
_SHOWN_PER_ROLE = {Role.PARTICIPANT: 2, Role.RAPPORTEUR: 2}


def of_server(app: App) -> None:
    """Print where the server is, and the join code of each workshop."""
    workshops = app.committer.run(directory.workshops)
    _say(f"Companion listens at {app.base_url}")
    for workshop in workshops:
        _say(f"{workshop.title}\n  join code {show_join_code(workshop.join_code)}, {join_url(app.base_url, workshop)}")
    _say(_kept(app))
    if not workshops:
        _say("There is no workshop yet: companion import FILE takes one in, while the server is stopped.")
    _say(_transport(app))


def of_demo(app: App, links: Path | None) -> None:
    """Print a link per role, the join code and its QR code; write everybody's link to `links` if asked to."""
    workshop = app.committer.run(directory.workshops)[0]
    people = app.desk.people(workshop.id)
    shown = list(_one_of_each(people))
    made = {each.id: _link(app, workshop, each) for each in (people if links else shown) if not each.guest}
    if links:
        _write(links, _content(app, workshop, [person for person in people if person.id in made], made))
    _say(f"\n{workshop.title}\n{app.base_url}\n\nA link for each role:\n")
    for person in shown:
        _say(f"  {person.role.replace('_', ' '):<20} {made[person.id]['url']}")
    _say(f"\nJoin code {show_join_code(workshop.join_code)}, {join_url(app.base_url, workshop)}\n")
    _print_qr(join_url(app.base_url, workshop))
    if links:
        _say(f"\nEverybody's link is in {links}.")
    _say(f"\n{_kept(app)}\n{_transport(app)}\nCtrl+C ends it.")


def join_url(base_url: str, workshop: Workshop) -> str:
    """Return the address behind the QR code."""
    return f"{base_url}/?code={workshop.join_code}"


def link_url(base_url: str, key: str) -> str:
    """Return the address of a link; the key stands in the fragment, which is not sent to any server."""
    return f"{base_url}/enter#{key}"


def _one_of_each(people: list[PersonRow]) -> Iterator[PersonRow]:
    for role in Role:
        theirs = [person for person in people if person.role == role and not person.guest]
        yield from theirs[: _SHOWN_PER_ROLE.get(role, 1)]


def _link(app: App, workshop: Workshop, person: PersonRow) -> dict[str, str]:
    _, key = app.desk.make_link(workshop.id, person=person.id)
    return {"key": key, "url": link_url(app.base_url, key)}


def _content(app: App, workshop: Workshop, people: list[PersonRow], made: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {
        "base_url": app.base_url,
        "join_code": workshop.join_code,
        "sessions": [_to_play(session) for session in app.desk.sessions(workshop.id)],
        "people": [
            {
                "id": person.id,
                "name": person.name,
                "role": person.role,
                "organisation": app.desk.as_person(person).organisation,
                "delegation": person.organisation or "",
                **made[person.id],
            }
            for person in people
        ],
    }


def _to_play(session: SessionRow) -> dict[str, Any]:
    """Return a session with what the workshop file gives to be played in it."""
    given = {name: session.details[name] for name in _TO_PLAY if name in session.details}
    return {"id": session.id, "title": session.title, **given}


def _write(path: Path, content: dict[str, Any]) -> None:
    """Write the file for its owner alone: whoever has it is everybody."""
    new = Path(f"{path}.tmp")
    try:
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY), "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(content)))
        new.rename(path)
    except OSError as error:
        raise CommandRefused(f"{path} cannot be written: {error.strerror}") from error


def _transport(app: App) -> str:
    """Say in one sentence what the transport means for whoever uses it."""
    if app.base_url.startswith("https:"):
        return "The connection is encrypted."
    if app.settings.server.host in {"127.0.0.1", "localhost", "::1"}:
        return "Plain HTTP, for this machine only; --host 0.0.0.0 lets the room's network in, where others could then read along."
    return (
        "Plain HTTP: whoever is on this network could read along and use your links, so keep to a network that you trust, "
        "or give [server] tls_certificate and tls_key."
    )


def _kept(app: App) -> str:
    """Say in a sentence or two what was opened, and where its copies go."""
    sessions, backup = app.sessions, app.settings.backup
    opened = f"{app.database.path}: {sum(1 for _ in sessions)} sessions, {sessions.entries} entries, whole (SQLite {SQLITE_VERSION})."
    if not backup.every_seconds:
        return f"{opened}\nNo copies are made of it: [backup] every_seconds is 0."
    return f"{opened}\nA copy is made every {backup.every_seconds} s while anything is recorded, into {folder_of(app.database.path, backup)}"


def _print_qr(url: str) -> None:
    if (sys.stdout.encoding or "").lower().replace("-", "") == "utf8":
        segno.make(url, error="l").terminal(compact=True)


def _say(text: str) -> None:
    print(text, flush=True)
