"""What interpreters tell those who run the session: a signal, never recorded, and nobody's name."""

from companion.audiences.audience import Audience
from companion.core import commands as c
from companion.core.people import Actor, Role
from companion.core.procedure import BoothSignalKind
from companion.core.refusals import Refusal
from tests.audiences.walk import PEOPLE
from tests.live.house import ANA, House

INTERPRETER = Actor(person=next(each.id for each in PEOPLE if each.role is Role.INTERPRETER), role=Role.INTERPRETER)


def test_the_booth_is_told_by_its_language_and_nobodys_name(house: House) -> None:
    before = house.on_disk()
    house.command(INTERPRETER, c.SignalFromBooth(kind=BoothSignalKind.SLOWER))
    language = house.host.committed.people[INTERPRETER.person].language
    signal = {"session": house.host.id, "type": "booth", "data": {"kind": "slower", "language": language}}
    assert dict(house.listener.signals) == {Audience.STAFF: signal, Audience.TECHNICAL: signal}
    assert len(house.listener.signals) == 2
    assert house.on_disk() == before
    assert INTERPRETER.person not in str(signal)


def test_nobody_else_signals_from_the_booth(house: House) -> None:
    assert house.refusal(ANA, c.SignalFromBooth(kind=BoothSignalKind.CANNOT_HEAR)) is Refusal.NOT_ALLOWED
    assert house.listener.signals == []


def test_a_signal_sent_again_is_told_once(house: House) -> None:
    for _ in range(2):
        house.command(INTERPRETER, c.SignalFromBooth(kind=BoothSignalKind.SLOWER), "the-same-tap")
    assert len(house.listener.signals) == 2  # one for each audience
