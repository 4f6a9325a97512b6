"""What is written and asked in a session of the demo: notes under interventions, recommendations, polls."""

import itertools
from collections.abc import Mapping, Sequence

from tests.accessibility.meeting import GUESTS, Meeting

LONG_NOTE = (
    "Rights-holders face long delays and high cost when they turn to regional mechanisms, and rarely know that a "
    "mechanism takes up cases about business enterprises at all; where they do, a decision is seldom followed up "
    "outside of the region in which it was taken."
)
# Kind, text, attribution: short and long, in scripts that are written from either side.
NOTES: Sequence[tuple[str, str, str]] = (
    ("good_practice", "Joint hotline of two national institutions for complaints across a border.", "organisation"),
    ("challenge", LONG_NOTE, "group"),
    ("gap", "لا توجد متابعة لسبل الانتصاف التي مُنحت خارج المنطقة.", "none"),
    ("question", "Qui suit les décisions d’un mécanisme dans une autre région ?", "person"),
    ("quotation", "“A remedy that nobody enforces\nis a remedy in name only.”", "person"),
    ("lesson_learned", "对话应当及早开始。", "none"),
)
IDEA = ("recommendation_idea", "Name focal points in each mechanism and publish them.", "none")
FOCAL_POINTS: Mapping[str, str] = {
    "symbol": "R4",
    "title": "Focal points on business and human rights",
    "text": "Regional mechanisms and the United Nations should name focal points on business and human rights and share "
    "them.",
}
REVISED = (
    "Regional mechanisms and the United Nations should name focal points on business and human rights, publish them "
    "and keep the list up to date."
)
OBSTACLES: Mapping[str, str] = {
    "symbol": "R5",
    "title": "Remove the procedural, financial and linguistic obstacles that rights-holders face when they seek remedy",
    "text": "\n\n".join(
        f"({letter}) {who} should identify and remove the obstacles which rights-holders face when they seek remedy "
        "for abuses in which business enterprises were involved, and report on it every year."
        for letter, who in zip(
            "abcd", ("Regional mechanisms", "National institutions", "States", "Enterprises"), strict=True
        )
    ),
}
CASE_LAW: Mapping[str, str] = {"symbol": "R6", "text": "Yearly exchange of case law between the commissions."}
OUTCOME = "Broad support; two delegations would like to see a date. The text stays under discussion."
# Of the room, by show of hands.
HANDS: Mapping[str, int] = {"support": 17, "support_with_changes": 6, "cannot_support": 3, "abstain": 2}
PRESENT = 31
CHAIRS = ("p01", "p02", "p05")


class Papers:
    """Writes and asks them, by the clients of the staff of a meeting."""

    def __init__(self, meeting: Meeting) -> None:
        self._meeting = meeting
        self.rapporteur = meeting.client(meeting.server.person("p03"))
        self.colleague = meeting.client(meeting.server.person("p04"))

    def hear(self, person: str) -> str:
        """Give the floor to a person and return the intervention."""
        return self._hear({"person": person})

    def hear_guest(self, number: int) -> str:
        """Give the floor to one of the guests from the room and return the intervention."""
        name, organisation, language = GUESTS[number]
        return self._hear({"guest": {"name": name, "organisation": organisation}, "language": language})

    def hear_everybody(self, requests: Sequence[str]) -> None:
        """Give the floor to one after the other, by turns of those who may, since each may send only so much at once."""
        chairs = itertools.cycle([self._meeting.client(self._meeting.server.person(id_)) for id_ in CHAIRS])
        given = self._meeting.moderator.map["floor"]["intervention"]
        for request, chair in zip(requests, chairs, strict=False):
            chair.wait_until(lambda map_, before=given: bool(map_["floor"]["intervention"] == before))  # type: ignore[misc]
            given = chair.on_the_floor("floor.give", {"request": request})["result"]["intervention"]

    def note_down(self, intervention: str, *notes: tuple[str, str, str]) -> list[str]:
        """Write notes under an intervention and return them."""
        return [
            self._made("note.add", kind=kind, text=text, attribution=attribution, intervention=intervention)
            for kind, text, attribution in notes
        ]

    def overtake(self, text: str, more: str) -> None:
        """Have the other rapporteur write on at the end of the note that says `text`."""
        map_ = self.colleague.wait_until(lambda map_: any(_says(key, value, text) for key, value in map_.items()))
        note = next(value for key, value in map_.items() if _says(key, value, text))
        data = {"note": note["id"], "text": f"{text} {more}"}
        self.colleague.do("note.write", data, expect={"version": note["version"]})

    def propose(self, text: Mapping[str, str], **more: str) -> str:
        """Put forward a recommendation and return it, as soon as the moderator has it."""
        made = self._made("recommendation.propose", **text, **more)
        self._meeting.moderator.wait_until(lambda map_: f"recommendation/{made}" in map_)
        return made

    def revise(self, recommendation: str) -> None:
        """Give a recommendation its second version, which is under discussion."""
        about = {"recommendation": recommendation}
        self.rapporteur.do("recommendation.revise", {**about, "text": REVISED}, expect={"version": 1})
        status = {**about, "status": "under_discussion"}
        self.rapporteur.do("recommendation.status", status, expect={"version": 2})

    def ask(self, recommendation: str, version: int = 1, **terms: str) -> str:
        """Open a poll on a version of a recommendation and return it."""
        usual = {"ballot": "recorded", "unit": "delegation", "results": "after_close", "preset": "support_scale"}
        data = {**usual, **terms, "recommendation": recommendation}
        opened = self._meeting.moderator.do("poll.open", data, expect={"version": version})
        return str(opened["result"]["poll"])

    def answer(self, poll: str, people: Sequence[str]) -> None:
        """Have people answer: most can support it, some with changes, and so on."""
        options = itertools.cycle(
            ("support", "support", "support_with_changes", "support", "abstain", "cannot_support")
        )
        for id_, option in zip(people, options, strict=False):
            client = self._meeting.client(self._meeting.server.person(id_))
            client.do("poll.vote", {"poll": poll, "option": option})

    def count_hands(self, poll: str) -> None:
        """Write down the hands counted in the room."""
        self._meeting.moderator.do("poll.room_tally", {"poll": poll, "counts": dict(HANDS), "present": PRESENT})

    def end(self, poll: str, outcome: str = OUTCOME) -> None:
        """Close a poll and say what follows from it."""
        moderator = self._meeting.moderator
        moderator.do("poll.close", {"poll": poll}, expect={"poll": poll})
        if outcome:
            moderator.do("poll.outcome", {"poll": poll, "text": outcome})

    def show(self, what: str, ref: str) -> None:
        """Show a poll, its result or a text in the room."""
        self._meeting.moderator.do("display.show", {"what": what, "ref": ref})

    def _hear(self, who: Mapping[str, object]) -> str:
        asked = self._meeting.moderator.do("floor.request", {"kind": "statement", **who})
        return self._meeting.give(str(asked["result"]["request"]))

    def _made(self, type_: str, **data: str) -> str:
        result = self.rapporteur.do(type_, data)["result"]
        return str(next(iter(result.values())))


def _says(key: str, value: Mapping[str, object], text: str) -> bool:
    return key.startswith("note/") and value["text"] == text
