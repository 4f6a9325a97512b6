"""Events are all there is: a session is what was recorded of it."""

from typing import get_args

from companion.core import commands as c
from companion.core import events as e
from companion.core import session as rules
from companion.core.edits import Edit
from companion.core.procedure import (
    NoteKind,
    PositionKind,
    Reasons,
    RecommendationStatus,
    RequestKind,
    RequestList,
    RoomAnswers,
    Rule,
    Ruling,
    Showing,
)
from companion.core.replay import replay
from companion.core.state import Ref, Session, part
from companion.core.touched import touches
from tests.core.scenario import (
    Scenario,
    remote,
    requested,
    with_panel,
)

EDIT = Edit(at=0, gone=0, came="So: ")


def everything() -> Scenario:
    """Have every kind of event happen."""
    scenario = with_panel()
    scenario.by("moderator", c.StartSession())
    scenario.by("officer", c.OpenList())
    ana, ben = scenario.ask("ana"), scenario.ask("ben")
    scenario.by("officer", c.SetLimit(seconds=60, person="ana"))
    scenario.by("ana", c.MarkReady(request=ana, ready=True))
    scenario.by("ana", c.ChangeRequest(request=ana, topic="Remedies"))
    scenario.by("officer", c.HoldRequest(request=ben))
    scenario.by("officer", c.ReleaseRequest(request=ben))
    scenario.by("technician", remote("ana"))
    scenario.give(ana)
    scenario.later(5).pause()
    scenario.later(5).resume()
    scenario.extend(20)
    order = scenario.ask("cleo", RequestKind.POINT_OF_ORDER)
    scenario.next()
    scenario.by("moderator", c.RuleOnOrder(request=order, ruling=Ruling.NOTED))
    scenario.later(5).end()
    scenario.undo()
    scenario.by("ben", c.WithdrawRequest(request=ben))
    scenario.by("moderator", c.ShowOnDisplay(what=Showing.MESSAGE))
    scenario.by("moderator", c.Announce(text="Lunch"))
    scenario.by("secretary", c.ChangeSettings(warning_seconds=10))
    first = scenario.enter("dan")
    while not isinstance(scenario.recorded[-1].event, e.RequestsRenumbered):
        scenario.by("officer", c.MoveRequest(request=first, after=None))
        first = scenario.session.places(RequestList.SPEAKERS)[-1][1]
    write(scenario)
    ask_everybody(scenario)
    arrange_and_share(scenario)
    call_and_link(scenario)
    scenario.by("moderator", c.SuspendSession())
    scenario.by("moderator", c.ResumeSession())
    scenario.by("moderator", c.CloseSession())
    scenario.by("moderator", c.ReopenSession())
    scenario.by("moderator", c.CloseSession())
    scenario.by("secretary", c.FinaliseSession())
    return scenario


def arrange_and_share(scenario: Scenario) -> None:
    """Have everything happen to the order of the list and to its time."""
    for who in ("cleo", "observer", "interpreter"):
        scenario.enter(who)
    *_, one, other = (request for _, request in scenario.session.places(RequestList.SPEAKERS))
    scenario.by("officer", c.MoveRequest(request=other, after=None))
    scenario.by("officer", c.SetRule(rule=Rule.ROUND_ROBIN_GROUP))
    scenario.by("officer", c.ArrangeList())
    scenario.by("officer", c.ShareTime())
    scenario.by("officer", c.ShareTime(seconds=30))
    cleo = next(request.id for request in scenario.session.requests_by("cleo") if request.list is RequestList.SPEAKERS)
    scenario.by("cleo", c.ExchangePlaces(request=cleo, partner=one))
    scenario.by("officer", c.ExchangePlaces(request=other, partner=one))
    scenario.by("officer", c.HandInStatement(request=other, text="In writing"))


def call_and_link(scenario: Scenario) -> None:
    """Have somebody called who is not there, a guest recognised, the place of the moderator handed on, the record corrected."""
    scenario.next()
    scenario.by("moderator", c.MarkAbsent(request=scenario.speaking.request))
    guest = requested(scenario.by("officer", c.RequestFloor(kind=RequestKind.STATEMENT, guest=c.Guest(name="Guest"))))
    scenario.by("secretary", c.LinkPerson(source=scenario.request(guest).person, person="display"))
    scenario.by("moderator", c.Preside(person="alternate"))
    scenario.by("secretary", c.CorrectRecord(seq=1, text="The room was XXI."))


def write(scenario: Scenario) -> None:
    """Have everything happen to notes and recommendations."""
    first, last = scenario.note(), scenario.note()
    scenario.write(first, "Put right", 1)
    scenario.by("rapporteur", c.MarkNote(note=first, kind=NoteKind.GAP))
    scenario.by("rapporteur", c.TypeNote(note=first, update="AAA=", client=7, clock=1, edit=EDIT))
    scenario.by("rapporteur", c.ReleaseNote(note=first, released=True))
    scenario.by("rapporteur", c.MoveNote(note=last, after=None))
    while not any(isinstance(each.event, e.NotesRenumbered) for each in scenario.recorded):
        scenario.note(after=last)
    scenario.by("rapporteur", c.RemoveNote(note=last))
    scenario.undo("rapporteur")
    scenario.by("rapporteur", c.RemoveNote(note=last))
    made = scenario.propose(note=first)
    for text in ("Should soon agree", "Should never agree"):
        scenario.by("rapporteur", c.AmendRecommendation(recommendation=made, text=text))
    taken_in, aside = scenario.session.amendments_to[made]
    scenario.by("rapporteur", c.SetAsideAmendment(recommendation=made, amendment=aside))
    scenario.by(
        "moderator",
        c.ReviseRecommendation(recommendation=made, text="Should soon agree", expect=1, amendment=taken_in),
    )
    reserves = c.TakePosition(recommendation=made, position=PositionKind.RESERVES, person="ana")
    scenario.by("rapporteur", reserves)
    agreed = RecommendationStatus.AGREED_AD_REFERENDUM
    scenario.by("moderator", c.SetRecommendationStatus(recommendation=made, status=agreed, expect=2))


def ask_everybody(scenario: Scenario) -> None:
    """Have everything happen to polls."""
    scenario.by("technician", remote("ana"))
    poll = scenario.poll(room=RoomAnswers.BY_HANDS, reasons=Reasons.OPTIONAL)
    scenario.answer("ana", poll, "support", "It is time")
    scenario.answer("ana", poll, "abstain")
    scenario.by("moderator", c.CountRoom(poll=poll, counts={"support": 5}, present=9))
    scenario.close(poll)
    scenario.publish(poll)
    scenario.by("rapporteur", c.SetOutcome(poll=poll, text="Broad support"))
    scenario.poll()


def test_replaying_all_that_was_recorded_gives_the_state() -> None:
    scenario = everything()
    happened = {type(recorded.event) for recorded in scenario.recorded}
    assert happened == set(get_args(e.Event))
    assert replay(scenario.recorded) == scenario.session
    half = len(scenario.recorded) // 2
    assert replay(scenario.recorded[half:], replay(scenario.recorded[:half])) == scenario.session


def test_what_is_typed_between_whatever_else_happens_is_replayed_to_the_same_state() -> None:
    happened, keys = list[e.Recorded](), 0
    session = Session()
    for recorded in everything().recorded:
        happened.append(recorded)
        session = rules.evolve(session, recorded)
        for note in session.notes.values():
            keys += 1
            edit = Edit(at=0, gone=min(keys % 2, len(note.text)), came=f"{keys} ")
            typed = e.NoteTyped(note=note.id, update="AAA=", edit=edit, version=note.version + 1)
            happened.append(recorded._replace(by="typist", command=f"key-{keys}", event=typed))
            session = rules.evolve(session, happened[-1])
    assert keys > len(happened) // 3
    assert replay(happened) == session


def test_an_event_touches_no_part_but_those_it_says() -> None:
    session = Session()
    for recorded in everything().recorded:
        after = rules.evolve(session, recorded)
        undone = isinstance(recorded.event, e.CommandUndone)
        touched = set(touches(session if undone else after, recorded.event))
        changed = {ref for ref in addresses(after) if part(session, ref) != part(after, ref)}
        assert changed <= touched
        session = after


def addresses(session: Session) -> set[Ref]:
    nouns = ("course", "settings", "list", "share", "floor", "display", "announcement")
    return {
        *map(Ref, nouns),
        *(Ref("request", request) for request in session.requests),
        *(Ref("intervention", intervention) for intervention in session.interventions),
        *(Ref("limit", address) for address in session.limits),
        *(Ref("note", note) for note in session.notes),
        *(Ref("recommendation", recommendation) for recommendation in session.recommendations),
        *(Ref("amendment", amendment) for amendment in session.amendments),
        *(Ref("position", position) for position in session.positions),
        *(Ref("poll", poll) for poll in session.polls),
        *(Ref(noun, person) for noun in ("person", "spoken") for person in session.people),
    }


def test_evolving_twice_gives_the_same() -> None:
    scenario = everything()
    last = scenario.recorded[-1]
    before = replay(scenario.recorded[:-1])
    assert rules.evolve(before, last) == rules.evolve(before, last)
