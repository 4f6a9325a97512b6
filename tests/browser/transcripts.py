"""What was seen of a session on its screens, and the transcript of it in each format, read back as the same lines."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import chain, repeat
from typing import Any, Final

from tests.record.reading import csv_rows, html_entries, json_value, markdown_entries, pointed_to, spaced

# Words of the record for what is written in JSON and CSV by the names of the wire.
WORDS: Final = {
    "panel_presentations": "Panel presentations",
    "interactive_discussion": "Interactive discussion",
    "panellists_replies": "Panellists’ replies",
    "panel_presentation": "Presentation",
    "panellist_reply": "Panellist’s reply",
    "statement": "Statement",
    "point_of_order": "Point of order",
    "not_sustained": "Not sustained",
    "key_point": "Key point",
    "good_practice": "Good practice",
    "challenge": "Challenge",
    "recommendation_idea": "Idea for a recommendation",
    "under_discussion": "Under discussion",
    "broad_support": "Broad support",
}
# How a line begins that neither a name nor the text of a note begins.
TITLES: Final = {
    "session.started": "The session began",
    "session.closed": "The session was closed",
    "list.opened": "The list of speakers was opened",
    "list.closed": "The list of speakers was closed",
    "request.ruled": "Ruling",
    "recommendation.proposed": "Recommendation",
    "recommendation.revised": "Recommendation revised",
    "recommendation.status_changed": "Status of a recommendation",
    "poll.opened": "Indicative poll opened",
    "poll.closed": "Indicative poll closed",
    "poll.published": "Result of an indicative poll",
    "poll.outcome_set": "Outcome of an indicative poll",
}
# Signs, how long somebody spoke, and what stands before an affiliation that stands for a person.
_BETWEEN: Final = re.compile(r"([\s·,;:()]|\d+:\d\d|Representative of )*")
PROPOSED, REVISED = "recommendation.proposed", "recommendation.revised"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a transcript: what it is, by wire name, what it says, and whether it stands under the one before."""

    type: str
    says: tuple[str, ...] = ()
    under: bool = False


_NO_MORE: Final = Line("nothing")


@dataclass(slots=True)
class Seen:
    """A line that was seen on the screens, with the notes under it; it happened after `since` and not after `until`."""

    line: Line
    since: datetime
    until: datetime
    notes: list[Line] = field(default_factory=list)


class Account:
    """What was seen, in order."""

    def __init__(self) -> None:
        self.seen: list[Seen] = []
        self._until = datetime.now(UTC)
        self._apart: list[Line] = []

    def saw(self, type_: str, *says: str) -> None:
        """Take down a line that the screens show by now, and did not at the last one."""
        since, self._until = self._until, datetime.now(UTC)
        self.seen.append(Seen(Line(type_, says), since, self._until))

    def saw_with_it(self, type_: str, *says: str) -> None:
        """Take down a line that one tap brought about together with the last one."""
        last = self.seen[-1]
        self.seen.append(Seen(Line(type_, says), last.since, last.until))

    def noted(self, *says: str, under: str) -> None:
        """Take down a note under the last intervention of somebody."""
        spoke = next(
            each for each in reversed(self.seen) if each.line.type == "floor.given" and under in each.line.says
        )
        spoke.notes.append(Line("note.added", says, under=True))

    def noted_apart(self, *says: str) -> None:
        """Take down a note that is not attributed: it must not stand under anybody, but at the end of the segment."""
        self._apart.append(Line("note.added", says))

    def became(self, text: str, symbol: str) -> None:
        """Take down that a recommendation was made of a note, which the note tells from then on."""
        for seen in self.seen:
            seen.notes = [
                replace(note, says=(*note.says, f"Became: {symbol}")) if text in note.says else note
                for note in seen.notes
            ]

    def end_segment(self) -> None:
        """Say that the segment is over with the next line that is seen."""
        if self._apart:
            self.seen[-1].notes += self._apart
            self._apart = []

    @property
    def lines(self) -> list[Line]:
        """Return all lines in the order in which a transcript has them."""
        return [line for seen in self.seen for line in (seen.line, *seen.notes)]

    def not_when_seen(self, moments: list[Mapping[str, Any]]) -> list[tuple[Seen, datetime]]:
        """Return the moments, but for notes, that are not of the time at which they were seen; a record has milliseconds."""
        at = [datetime.fromisoformat(moment["at"]) for moment in moments if moment["type"] != "note.added"]
        exact = timedelta(milliseconds=1)
        both = zip(self.seen, at, strict=True)
        return [(seen, time) for seen, time in both if not seen.since - exact <= time <= seen.until]


# JSON


def in_json(written: bytes) -> list[Line]:
    """Return the lines of a record in JSON."""
    value = json_value(written)
    found = []
    for moment in value["transcript"]:
        item = pointed_to(value, moment)
        under = moment["of"] == "notes" and item["intervention"] is not None
        found.append(Line(moment["type"], tuple(said for said in _says(value, moment, item) if said), under))
    return found


def _says(value: Mapping[str, Any], moment: Mapping[str, Any], item: Any) -> Iterator[str | None]:  # noqa: ANN401 (JSON)
    match moment["of"]:
        case "segments":
            yield WORDS[item["kind"]]
        case "interventions":
            yield from (item["who"]["name"], item["who"]["organisation"], WORDS[item["kind"]], item["topic"])
        case "notes":
            who = item["who"] or {}
            yield from (WORDS[item["kind"]], who.get("name"), who.get("organisation"), item["text"])
            yield from (f"Became: {_recommended(value, each)['symbol']}" for each in item["recommendations"])
        case "rulings":
            yield from (WORDS[item["ruling"]], item["who"]["name"], item["who"]["organisation"])
        case "recommendations" if moment["type"] in {PROPOSED, REVISED}:
            version = item["versions"][moment["part"]]
            yield from (item["symbol"], version["title"], f"version {version['number']}", version["text"])
        case "recommendations":
            status = item["statuses"][moment["part"]]
            yield from (item["symbol"], WORDS[status["status"]], f"version {status['version']}")
        case "polls":
            yield f"Recommendation {_recommended(value, item['recommendation'])['symbol']}, version {item['version']}"
            yield from _polled(moment["type"], item)
        case _:
            pass


def _recommended(value: Mapping[str, Any], recommendation: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = next(each for each in value["recommendations"] if each["id"] == recommendation)
    return found


def _polled(type_: str, poll: Mapping[str, Any]) -> Iterator[str]:
    units = poll["eligible"]["units"]
    match type_:
        case "poll.opened":
            yield f"{units} delegations"
        case "poll.closed":
            yield f"{poll['answered']} of {units} have answered"
            yield from (f"{option['label']} {poll['total'][option['id']]}" for option in poll["options"])
        case "poll.outcome_set":
            yield poll["outcome"]
        case _:
            pass


# CSV


def in_csv(written: bytes) -> list[Line]:
    """Return the lines of a record in CSV; what a poll counted stands in rows of its own below its line."""
    rows = csv_rows(written)
    found = []
    for number, row in enumerate(rows):
        if row["entry"] in _IN_TIME:
            said = _says_in_row(row, rows, number)
            under = row["entry"] == "note" and bool(row["of"])
            found.append(Line(_type(row), tuple(each for each in said if each), under))
    return found


_IN_TIME = {"session", "poll", "recommendation", "segment", "intervention", "note", "ruling", "status"}
"""What stands in the transcript; requests, the list, limits and figures stand below it, and what a poll counted under it."""


def _type(row: Mapping[str, str]) -> str:
    match row["entry"]:
        case "session":
            return row["status"]
        case "poll":
            return row["kind"]
        case "recommendation":
            return PROPOSED if row["status"] else REVISED
        case entry:
            return {
                "segment": "session.segment_began",
                "intervention": "floor.given",
                "note": "note.added",
                "ruling": "request.ruled",
                "status": "recommendation.status_changed",
            }[entry]


def _says_in_row(row: Mapping[str, str], rows: list[dict[str, str]], number: int) -> Iterator[str]:
    match row["entry"]:
        case "segment":
            yield WORDS[row["kind"]]
        case "intervention":
            yield from (row["name"], row["organisation"], WORDS[row["kind"]], row["topic"])
        case "note":
            yield from (WORDS[row["kind"]], row["name"], row["organisation"], row["text"])
            yield from (f"Became: {_symbol(rows, made)}" for made in _made_of(rows, row["id"]))
        case "ruling":
            yield from (WORDS[row["ruling"]], row["name"], row["organisation"])
        case "recommendation":
            yield from (*row["title"].split(" ", 1), f"version {row['version']}", row["text"])
        case "status":
            yield from (_symbol(rows, row["id"]), WORDS[row["status"]], f"version {row['version']}")
        case "poll":
            yield f"Recommendation {_symbol(rows, row['of'])}, version {row['version']}"
            yield from _polled_in_row(row, rows[number + 1 :])
        case _:
            pass


def _made_of(rows: list[dict[str, str]], note: str) -> Iterator[str]:
    """Yield the recommendations that were made of a note; a revised one has its amendment in this column."""
    of_it = (row for row in rows if row["entry"] == "recommendation" and row["of"] == note)
    yield from dict.fromkeys(row["id"] for row in of_it)


def _symbol(rows: list[dict[str, str]], recommendation: str) -> str:
    titles = (row["title"] for row in rows if (row["entry"], row["id"]) == ("recommendation", recommendation))
    return next(titles).split(" ", 1)[0]


def _polled_in_row(row: Mapping[str, str], below: list[dict[str, str]]) -> Iterator[str]:
    match row["kind"]:
        case "poll.opened":
            yield f"{row['eligible']} delegations"
        case "poll.closed":
            yield f"{row['answered']} of {row['eligible']} have answered"
            options = [each for each in below if (each["entry"], each["of"]) == ("option", row["id"])]
            yield from (f"{option['title']} {option['total']}" for option in options)
        case "poll.outcome_set":
            yield row["text"]
        case _:
            pass


# HTML and Markdown


def in_html(written: bytes, lines: list[Line]) -> list[Line]:
    """Return the lines of a page; of those that are to be there, as much as it says of them in order."""
    entries = html_entries(written)
    wanted = chain(lines, repeat(_NO_MORE))
    return [
        Line(type_, tuple(_found(text, line)), depth == 1)
        for (type_, text, depth), line in zip(entries, wanted, strict=False)
    ]


def in_markdown(written: bytes, lines: list[Line]) -> list[Line]:
    """Return the lines of a record in Markdown, where only the first words of a line tell what it is."""
    entries = markdown_entries(written)
    wanted = chain(lines, repeat(_NO_MORE))
    return [
        Line(line.type, tuple(_found(text, line)), depth == 1)
        for (text, depth), line in zip(entries, wanted, strict=False)
    ]


def _found(text: str, line: Line) -> Iterator[str]:
    """Yield what a text says of a line, in order, and whatever else it says."""
    begins = re.match(rf"(\d\d:\d\d:\d\d )?{re.escape(TITLES.get(line.type, ''))}", text)
    place = begins.end() if begins else 0
    for said in line.says:
        at = text.find(spaced(said), place)
        if at >= 0:
            yield from _more(text[place:at])
            yield said
            place = at + len(spaced(said))
    if line.type != "poll.opened":  # its terms, which are the same for all lines of the poll
        yield from _more(text[place:])


def _more(text: str) -> Iterator[str]:
    if not _BETWEEN.fullmatch(text):
        yield text
