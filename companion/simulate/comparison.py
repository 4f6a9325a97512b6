"""What was played against what the record says, a sentence for each difference.

A record keeps to itself what would tell of somebody whom it does not show. Of them alone it may be silent where something
was played; of nobody may it say anything else.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, TypeAlias

from companion.simulate.account import Account, Asked, Happened, Noted, Polled, Proposed, Spoke

_IMPERSONAL: Final = frozenset({"first_come", "joint_first", "manual"})
"""The rules of the list that may be told also where nobody is to be recognised."""

_OF_ORDER: Final = frozenset({"point_of_order", "procedural_motion"})
_CALLED_IN_VAIN: Final = frozenset({"absent", "struck"})
_DETAILS: Final = ("partner", "rule", "automatic", "moved", "seconds", "names", "status", "carried_from")

Row: TypeAlias = Mapping[str, object]


def differences(account: Account, record: Mapping[str, Any]) -> list[str]:
    """Return how a record in JSON, made for staff, differs from what was done."""
    notes = [(id_, note) for id_, note in account.notes.items() if not note.removed]
    polls = [_my_poll(id_, poll) for id_, poll in account.polls.items()]
    proposed = [_my_recommendation(id_, each) for id_, each in account.recommendations.items()]
    return [
        *_differ("intervention", *_interventions(account, record)),
        *_differ("request", *_requests(account, record)),
        *_differ("person", *_people(account, record)),
        *_differ("event of the list", *_happened(account, record)),
        *_differ("speaking time", *_limits(account, record)),
        *_differ("handing over", *_presided(account, record)),
        *_differ("guest", *_recognised(account, record)),
        *_differ("written statement", *_handed_in(account, record)),
        *_differ("ruling", sorted(account.rulings.items()), sorted(_rulings(record))),
        *_differ("announcement", [account.announcements], [len(record["announcements"])]),
        *_differ("total", *_totals(account, record)),
        *_differ("note", [_my_note(*each) for each in notes], [_its_note(each) for each in record["notes"]]),
        *_differ("recommendation", proposed, [_its_recommendation(each) for each in record["recommendations"]]),
        *_differ("poll", polls, [_its_poll(each) for each in record["polls"]]),
        *_differ("answer", *_answers(account.polls, record)),
        *_differ("expected count", *_expected(account.polls)),
    ]


def differences_in_released(account: Account, record: Mapping[str, Any]) -> list[str]:
    """Return how a record made for everybody differs: it has the released notes and no other."""
    mine = [note.text for note in account.notes.values() if note.released and not note.removed]
    return _differ("released note", sorted(mine), sorted(note["text"] for note in record["notes"]))


# The floor


def _interventions(account: Account, record: Mapping[str, Any]) -> tuple[list[Row], list[Row]]:
    recorded = {each["id"]: each for each in record["interventions"]}
    mine = [_my_intervention(each, record, recorded.get(each.intervention)) for each in account.spoke]
    return mine, [_its_intervention(each) for each in recorded.values()]


def _my_intervention(spoke: Spoke, record: Mapping[str, Any], recorded: Mapping[str, Any] | None) -> Row:
    rule = _told_rule(spoke.rule, record)
    allotted = None if spoke.allotted_seconds is None else spoke.allotted_seconds + spoke.extended_seconds
    return {
        "id": spoke.intervention,
        "request": spoke.request,
        "kind": spoke.kind,
        "given_by": spoke.by,
        "rule": rule,
        "suggested": None if rule is None else spoke.suggested,
        "placed_by": _told_rule(spoke.placed_by, record),
        "reply_to": _told(spoke.reply_to, recorded, "reply_to"),
        "allotted_seconds": _told(allotted, recorded, "allotted_seconds"),
        "extended_seconds": spoke.extended_seconds,
        "pauses": spoke.pauses,
        "ended": spoke.ended,
        "void": spoke.void_reason is not None,
        "void_reason": spoke.void_reason,
    }


def _its_intervention(each: Mapping[str, Any]) -> Row:
    named = (
        *("id", "request", "kind", "given_by", "rule", "suggested", "placed_by", "reply_to"),
        *("allotted_seconds", "extended_seconds", "void", "void_reason"),
    )
    return {**_only(each, named), "pauses": len(each["pauses"]), "ended": each["ended_at"] is not None}


def _requests(account: Account, record: Mapping[str, Any]) -> tuple[list[Row], list[Row]]:
    recorded = {each["id"]: each for each in record["requests"]}
    mine = [_my_request(id_, account.requests[id_], record, recorded.get(id_)) for id_ in sorted(account.requests)]
    return mine, [_its_request(recorded[id_]) for id_ in sorted(recorded)]


def _my_request(id_: str, asked: Asked, record: Mapping[str, Any], recorded: Mapping[str, Any] | None) -> Row:
    said = {name: _told(getattr(asked, name), recorded, name) for name in ("topic", "on_behalf_of", "reply_to")}
    written = asked.text if asked.status == "written" else None
    return {
        "id": id_,
        "kind": asked.kind,
        "by": asked.by,
        "placed_by": _told_rule(asked.placed_by, record),
        "absences": asked.absences,
        "status": asked.status,
        "text": _told(written, recorded, "text"),
        "carried_from": _told_if_named(asked.carried_from, recorded),
        **said,
    }


def _its_request(each: Mapping[str, Any]) -> Row:
    named = ("id", "kind", "by", "placed_by", "absences", "status", "text", "carried_from")
    return _only(each, (*named, "topic", "on_behalf_of", "reply_to"))


def _people(account: Account, record: Mapping[str, Any]) -> tuple[list[object], list[object]]:
    """Return whose everything was, each person by a number, and the same of the record as far as it tells."""
    whose = {
        **{each.intervention: each.person for each in account.spoke},
        **{id_: asked.person for id_, asked in account.requests.items()},
    }
    told = [(each["id"], each["who"]["ref"]) for each in (*record["interventions"], *record["requests"])]
    presided = [person for each in account.presided for person in (each.before, each.person)]
    presiding = [who["ref"] for each in record["presiding"] for who in (each["before"], each["who"])]
    mine = [whose.get(id_) if ref else None for id_, ref in told]
    mine += [person if ref else None for person, ref in zip(presided, presiding, strict=False)]
    return _numbered(mine), _numbered([*(ref for _, ref in told), *presiding])


def _happened(account: Account, record: Mapping[str, Any]) -> tuple[list[Row], list[Row]]:
    """Return what happened to the list; what the clock did, as it closed the list, nobody has played."""
    recorded = {each["id"]: each for each in record["requests"]}
    mine = [_my_event(each, record, recorded.get(each.request or "")) for each in account.happened]
    its = [each for each in record["list_events"] if (each["type"], each["by"]) != ("list.closed", None)]
    return mine, [_only(each, ("type", "by", "request", "undone", *_DETAILS)) for each in its]


def _my_event(happened: Happened, record: Mapping[str, Any], request: Mapping[str, Any] | None) -> Row:
    details = {**dict.fromkeys(_DETAILS), **happened.details}
    if details["rule"] is not None:
        details["rule"] = _told_rule(str(details["rule"]), record)
    details["carried_from"] = _told_if_named(details["carried_from"], request)
    return {
        "type": happened.type,
        "by": happened.by,
        "request": happened.request,
        "undone": happened.undone,
        **details,
    }


def _limits(account: Account, record: Mapping[str, Any]) -> tuple[list[Row], list[Row]]:
    """Return the speaking times that were set since the session began: a person's own is told nowhere."""
    nothing = {"group": None, "ordinal": None, "bank": False, "undone": False}
    mine = [{**nothing, "kind": each.kind, "shared": each.shared, "seconds": each.seconds} for each in account.limits]
    since = record["session"]["started_at"]
    its = [each for each in record["limits"] if each["at"] >= since]
    return [*mine], [_only(each, (*nothing, "kind", "shared", "seconds")) for each in its]


def _presided(account: Account, record: Mapping[str, Any]) -> tuple[list[object], list[object]]:
    mine = [(each.role, each.before_role, False) for each in account.presided]
    return [*mine], [(each["role"], each["by"], each["undone"]) for each in record["presiding"]]


def _recognised(account: Account, record: Mapping[str, Any]) -> tuple[list[object], list[object]]:
    """Return who guests turned out to be: by name where the record names the person, else by organisation if it tells it."""
    who = {each["id"]: each["who"] for each in record["requests"]}
    mine: list[object] = []
    for each in account.recognised:
        if who[each.request]["name"] is not None:
            mine.append(("person", each.guest_name, each.name))
        elif who[each.request]["organisation"] is not None:
            mine.append(("person", each.guest_organisation, each.organisation))
    return mine, [(each["field"], each["before"], each["after"]) for each in record["corrections"]]


def _handed_in(account: Account, record: Mapping[str, Any]) -> tuple[list[object], list[object]]:
    """Return the statements that were handed in, and those that stand in the transcript, in order."""
    lines = [each for each in record["transcript"] if each["type"] == "request.written"]
    mine = [each.request for each in account.happened if each.type == "request.written"]
    return [*mine], [record["requests"][line["index"]]["id"] for line in lines]


def _rulings(record: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(each["request"], each["ruling"]) for each in record["rulings"] if each["ruling"]]


def _totals(account: Account, record: Mapping[str, Any]) -> tuple[list[Row], list[Row]]:
    heard = [each for each in account.spoke if each.void_reason is None]
    spoke = [each for each in heard if each.kind not in _OF_ORDER]
    statuses = [each.status for each in account.requests.values()]
    mine = {
        "interventions": len(spoke),
        "speakers": len({each.person for each in spoke}),
        "points_of_order": len(heard) - len(spoke),
        "not_reached": statuses.count("not_reached"),
        "absent": sum(status in _CALLED_IN_VAIN for status in statuses),
        "written": statuses.count("written"),
    }
    return [mine], [_only(record["totals"], mine)]


# What may be told


def _told(value: object, recorded: Mapping[str, Any] | None, name: str) -> object:
    """Return what was played, or None where the record does not show whose it was and does not tell it."""
    if recorded is None or recorded[name] is not None:
        return value
    who = recorded["who"]
    return value if who["name"] is not None or who["organisation"] is not None else None


def _told_if_named(value: object, recorded: Mapping[str, Any] | None) -> object:
    return value if recorded is not None and recorded["who"]["name"] is not None else None


def _told_rule(rule: str, record: Mapping[str, Any]) -> str | None:
    session = record["session"]
    hidden = "non_attributed" in {session["attribution_mode"], session["attribution_mode_panellists"]}
    return None if hidden and rule not in _IMPERSONAL else rule


# Texts and polls


def _my_note(id_: str, note: Noted) -> tuple[object, ...]:
    return (id_, note.kind, note.text, note.version, note.intervention, note.attribution, note.released)


def _its_note(note: Mapping[str, Any]) -> tuple[object, ...]:
    named = ("id", "kind", "text", "version", "intervention", "attribution", "released")
    return tuple(note[name] for name in named)


def _my_recommendation(id_: str, each: Proposed) -> tuple[object, ...]:
    numbered = list(enumerate(each.texts, start=each.first))
    return (id_, each.symbol, each.brought_from, each.statuses[-1], numbered, each.statuses)


def _its_recommendation(each: Mapping[str, Any]) -> tuple[object, ...]:
    numbered = [(version["number"], version["text"]) for version in each["versions"]]
    statuses = [status["status"] for status in each["statuses"] if not status["undone"]]
    return (each["id"], each["symbol"], each["brought_from"], each["status"], numbered, statuses)


def _my_poll(id_: str, poll: Polled) -> tuple[object, ...]:
    about = (id_, poll.recommendation, poll.version, poll.unit, poll.eligible, len(poll.answers))
    return (*about, poll.status, poll.tally, poll.room or None, poll.total, poll.outcome)


def _its_poll(poll: Mapping[str, Any]) -> tuple[object, ...]:
    about = (poll["id"], poll["recommendation"], poll["version"], poll["unit"], poll["eligible"]["units"])
    room = poll["room_tally"] and poll["room_tally"]["counts"]
    return (*about, poll["answered"], poll["status"], poll["tally"], room, poll["total"], poll["outcome"])


def _answers(polls: Mapping[str, Polled], record: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
    """Return what delegations answered, as played and as the record names them, of the polls where it may."""
    named = [
        poll for poll in record["polls"] if poll["unit"] == "delegation" and poll["answers"] and poll["id"] in polls
    ]
    mine = [pair for poll in named for pair in sorted(polls[poll["id"]].answers.items())]
    its = [pair for poll in named for pair in sorted((each["delegation"], each["option"]) for each in poll["answers"])]
    return mine, its


def _expected(polls: Mapping[str, Polled]) -> tuple[list[Any], list[Any]]:
    known = [poll for poll in polls.values() if poll.expected]
    return [poll.tally for poll in known], [poll.expected for poll in known]


# Rows


def _only(each: Mapping[str, Any], names: Iterable[str]) -> Row:
    return {name: each[name] for name in names}


def _numbered(things: Iterable[object]) -> list[object]:
    """Return for each thing the number under which it came first, None for None."""
    numbers: dict[object, int] = {}
    return [None if thing is None else numbers.setdefault(thing, len(numbers)) for thing in things]


def _differ(what: str, mine: Sequence[object], its: Sequence[object]) -> list[str]:
    found = [
        f"{what}: played {_apart(one, other)}, recorded {_apart(other, one)}"
        for one, other in zip(mine, its, strict=False)
        if one != other
    ]
    if len(mine) != len(its):
        found.append(f"{what}s: {len(mine)} played, {len(its)} recorded")
    return found


def _apart(one: object, other: object) -> object:
    """Return what one says otherwise than the other; of two rows, the fields that differ, with what names the row."""
    if not isinstance(one, Mapping) or not isinstance(other, Mapping):
        return one
    return {name: value for name, value in one.items() if name in {"id", "type"} or value != other.get(name)}
