"""What is asked of the search, and the answers: JSON, one line each.

It runs in a process of its own, since what it does is Python's work and the server's loop must not wait for it. It reads the
database and never writes to it. Sessions are followed from the first question on.
"""

import signal
import sys
from collections.abc import Iterable, Iterator
from typing import IO, Annotated, Any, Final, TypeAlias

import msgspec

from companion.audiences.findable import Findable
from companion.finding.following import Followed
from companion.finding.snippets import segments
from companion.store.database import Database, open_for_reading
from companion.store.search import Term, terms_of

Limit: TypeAlias = Annotated[int, msgspec.Meta(ge=1)]


class Search(msgspec.Struct, tag="search", tag_field="ask", frozen=True):
    """What is there with these words? `finds_all`: for those who write, else for everybody."""

    session: str
    typed: str
    limit: Limit
    finds_all: bool


class Notes(msgspec.Struct, tag="notes", tag_field="ask", frozen=True):
    """All notes of some sessions, for those who write."""

    sessions: list[str]


class Forget(msgspec.Struct, tag="forget", tag_field="ask", frozen=True):
    """A session's journal is no longer what it was: what was made of it goes."""

    session: str


Question: TypeAlias = Search | Notes | Forget
MOST_SECONDS: Final = 30
FAILED: Final = b"!"
"""Begins the answer to a question that could not be answered; what went wrong, by its kind, follows."""


class Answering:
    """The sessions that were asked for, as their journals have them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._followed: dict[str, Followed] = {}

    def answer(self, question: Question) -> dict[str, Any]:
        """Return the answer to a question."""
        match question:
            case Search():
                shelf = self._caught_up(question.session).shelf(finds_all=question.finds_all)
                terms = terms_of(question.typed)
                found, count = shelf.find(terms, question.limit)
                return {"count": count, "results": [_hit(each, terms) for each in found]}
            case Notes():
                return {"notes": {each: self._notes(each) for each in question.sessions}}
            case Forget():
                self._forget(question.session)
                return {}

    def close(self) -> None:
        """Let go of all sessions."""
        for session in [*self._followed]:
            self._forget(session)

    def _caught_up(self, session: str) -> Followed:
        followed = self._followed.setdefault(session, Followed(session))
        try:
            followed.catch_up(self._database)
        except BaseException:
            # Half-way it is of no use.
            self._forget(session)
            raise
        return followed

    def _notes(self, session: str) -> list[dict[str, Any]]:
        shelf = self._caught_up(session).shelf(finds_all=True)
        return [{**_head(each), "texts": each.texts} for each in shelf.of("note")]

    def _forget(self, session: str) -> None:
        followed = self._followed.pop(session, None)
        if followed is not None:
            followed.close()


def serve(database: str, questions: Iterable[bytes], answers: IO[bytes]) -> None:
    """Answer each line of `questions` with one line, until there are no more."""
    read = msgspec.json.Decoder(Question)
    with open_for_reading(database) as db:
        answering = Answering(db)
        for line in questions:
            try:
                said = msgspec.json.encode(answering.answer(read.decode(line)))
            except Exception as error:  # noqa: BLE001 (the door of this process: whoever asked is told, and may ask again)
                said = FAILED + type(error).__name__.encode()
            answers.write(said + b"\n")
            answers.flush()
        answering.close()


def main() -> None:
    """Answer what comes in on standard input, on the database that is named."""
    serve(sys.argv[1], _in_time(sys.stdin.buffer), sys.stdout.buffer)


def _in_time(questions: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the questions; this process ends where one takes too long, and the server starts another."""
    for line in questions:
        signal.alarm(MOST_SECONDS)
        yield line
        signal.alarm(0)


def _hit(found: Findable, terms: list[Term]) -> dict[str, Any]:
    texts = {field: segments(text, terms) for field, text in found.texts.items() if text}
    return {**_head(found), "texts": texts}


def _head(found: Findable) -> dict[str, Any]:
    return {
        "of": found.of,
        "id": found.id,
        "kind": found.kind,
        "at": found.at,
        "intervention": found.intervention,
        "group": found.group,
        "attribution": found.attribution,
        "released": found.released,
    }
