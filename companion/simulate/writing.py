"""Rapporteurs at work: notes under interventions, recommendations in versions."""

from collections.abc import Iterator
from typing import Any, Final

from companion.core.procedure import NoteAttribution, NoteKind
from companion.simulate.account import Noted, Proposed
from companion.simulate.client import Player
from companion.simulate.company import Company, Source

_KINDS: Final = tuple(kind.value for kind in NoteKind)
_LEVELS: Final = tuple(level.value for level in NoteAttribution)
_POINTS: Final = (
    "Early consultation was said to cost less than late remedy.",
    "Un mécanisme de suivi commun a été proposé.",
    "Se pidió que los plazos fueran realistas.",
    "أُشير إلى الحاجة إلى تبادل المعلومات.",
    "与会者强调了语言障碍。",
    "Было предложено назначить координатора.",
    "Data should be\nopen, comparable, and kept up to date.",
)


class Rapporteurs:
    """They write by turns; what the workshop file gives is written first, and the rest is made up."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._turn = 0
        self._given: Iterator[dict[str, Any]] = (
            {"kind": note.kind.value, "text": note.text, "attribution": note.attribution, "group": note.source_group}
            for note in company.given.rapporteur_notes
        )
        self._notes = company.account.notes
        self._last: str | None = None

    def note(self, intervention: str | None) -> None:
        """Write a note down under an intervention, and do to it or to one before what rapporteurs do."""
        self._turn += 1
        id_, company = self._company.clock.make_id("n-"), self._company
        value = next(self._given, None) or {
            "kind": company.random.choice(_KINDS),
            "text": company.random.choice(_POINTS),
            "attribution": company.random.choice(_LEVELS),
        }
        under = intervention if self._turn % 4 else None
        self._writer.do("note.add", {"note": id_, "intervention": under, **value})
        self._notes[id_] = Noted(
            kind=value["kind"], text=value["text"], intervention=under, attribution=value["attribution"]
        )
        self._last = id_
        happens = (self._write, self._release, self._mark, self._release, self._remove, self._write_at_once)
        happens[self._turn % len(happens)](id_)

    @property
    def _writer(self) -> Player:
        return self._company.writers[self._turn % len(self._company.writers)]

    @property
    def _other(self) -> Player:
        return self._company.writers[(self._turn + 1) % len(self._company.writers)]

    def _write(self, id_: str) -> None:
        note = self._notes[id_]
        text = f"{note.text} ({self._turn})"
        answer = self._writer.do("note.write", {"note": id_, "text": text}, expect={"version": note.version})
        note.text, note.version = text, answer["version"]
        self._release(id_)

    def _write_at_once(self, id_: str) -> None:
        """Have both write the same note: the second is told that it has changed, looks, and writes again."""
        seen = self._notes[id_].version
        self._write(id_)
        note = self._notes[id_]
        data = {"note": id_, "text": f"{note.text} And more."}
        self._other.refused("stale", "note.write", data, expect={"version": seen})
        answer = self._other.do("note.write", data, expect={"version": note.version})
        note.text, note.version = data["text"], answer["version"]

    def _release(self, id_: str) -> None:
        self._writer.do("note.release", {"note": id_, "released": True})
        self._notes[id_].released = True

    def _mark(self, id_: str) -> None:
        self._writer.do("note.mark", {"note": id_, "kind": "key_point", "attribution": "organisation"})
        self._notes[id_].kind, self._notes[id_].attribution = "key_point", "organisation"

    def _remove(self, id_: str) -> None:
        self._writer.do("note.remove", {"note": id_})
        self._notes[id_].removed = True

    # Recommendations

    def propose(self) -> None:
        """Propose what the workshop file gives, or one made from a note, and take up those of earlier sessions."""
        for source in self._company.earlier:
            self._bring(source)
        given = self._company.given.recommendations
        for each in given:
            self._propose(
                {
                    "symbol": each.symbol or "",
                    "title": each.title or "",
                    "text": each.text,
                    "addressees": list(each.addressees),
                    "group": each.proposed_by_group,
                }
            )
        if not given:
            text = "The mechanisms should keep a common calendar."
            self._propose({"symbol": "S1", "title": "Calendar", "text": text})

    def _propose(self, data: dict[str, Any]) -> None:
        id_ = self._company.clock.make_id("rec-")
        standing = [note for note, value in self._notes.items() if not value.removed]
        note = {"note": standing[-1]} if standing else {}
        self._writer.do("recommendation.propose", {"recommendation": id_, **data, **note})
        shown = f"recommendation/{id_}"
        self._company.moderator.until(lambda map_: shown in map_)
        symbol = self._company.moderator.map[shown]["symbol"]
        self._company.account.recommendations[id_] = Proposed(
            symbol=symbol, texts=[data["text"]], statuses=["proposed"]
        )

    def _bring(self, source: Source) -> None:
        named = {"session": source.session, "recommendation": source.recommendation, "version": source.version}
        self._writer.do("recommendation.bring", {"from": named})
        self._company.account.recommendations[source.recommendation] = Proposed(
            symbol=source.symbol,
            texts=[source.text],
            statuses=[source.status],
            first=source.version,
            brought_from=source.session,
        )

    def revise(self) -> None:
        """Put the first recommendation into other words; who saw the version before cannot do so any more."""
        id_, each = next(iter(self._company.account.recommendations.items()))
        seen, text = each.version, each.texts[-1].replace("should", "are encouraged to", 1) + " Progress is reported."
        self._writer.do("recommendation.revise", {"recommendation": id_, "text": text}, expect={"version": seen})
        each.texts.append(text)
        data = {"recommendation": id_, "text": "Something else."}
        self._other.refused("stale", "recommendation.revise", data, expect={"version": seen})

    def discuss(self) -> None:
        """Say of every recommendation that it is under discussion."""
        for id_ in self._company.account.recommendations:
            self.set_status(id_, "under_discussion")

    def set_status(self, id_: str, status: str) -> None:
        """Say how far a recommendation has come."""
        each = self._company.account.recommendations[id_]
        if each.statuses[-1] != status:
            data = {"recommendation": id_, "status": status}
            self._writer.do("recommendation.status", data, expect={"version": each.version})
            each.statuses.append(status)
