"""What was heard in earlier sessions is told by the record of a later one only where their own records may all tell it."""

from dataclasses import replace

from companion.core.procedure import AttributionMode, EarlierShare
from companion.core.state import Session
from companion.live import completing
from tests.audiences.test_figures import heard, room_of, speakers


def held(session: str, count: int, mode: AttributionMode) -> Session:
    """Return a session of the workshop in which so many spoke."""
    room = heard(room_of(*speakers(count), mode=mode), count)
    return replace(room.session, programme=replace(room.session.programme, session=session))


def told(*sessions: Session) -> dict[str, bool]:
    here = replace(sessions[0], programme=replace(sessions[0].programme, session="here"))
    shares = completing.earlier("here", [*sessions, here])
    assert {each.same_day for each in shares} == {True}
    return {each.what: each.told for each in shares}


def test_figures_of_a_session_whose_record_may_show_them_may_be_told() -> None:
    named = held("one", 2, AttributionMode.ATTRIBUTED)
    assert told(named) == {"attendance": True, "gender": False, "group": True, "language": True, "region": True}


def test_one_session_whose_record_may_not_show_them_keeps_all_sums_from_being_told() -> None:
    named, hidden = held("one", 7, AttributionMode.ATTRIBUTED), held("two", 2, AttributionMode.NON_ATTRIBUTED)
    assert told(named, held("two", 5, AttributionMode.NON_ATTRIBUTED)) == dict.fromkeys(told(named), True)
    assert told(named, hidden) == dict.fromkeys(told(named), False)


def test_sums_are_of_all_sessions_that_began() -> None:
    named = held("one", 5, AttributionMode.ATTRIBUTED)
    scheduled = replace(named, course=replace(named.course, started_at=None))
    here = replace(scheduled, programme=replace(named.programme, session="here"))
    other = replace(scheduled, programme=replace(named.programme, session="three"))
    twice = [named, replace(named, programme=replace(named.programme, session="two")), other, here]
    shares = completing.earlier("here", twice)
    assert EarlierShare(
        what="group", id="states", same_day=True, requests=10, interventions=10, seconds=600, told=True
    ) in list(shares)
    assert completing.earlier("unknown", twice) == ()
