"""Those who preside: the place handed over, their own word, what they hear and take back, and rights of reply."""

from companion.simulate.account import Asked, Presided
from companion.simulate.asking import Askers
from companion.simulate.client import Player, Unexpected
from companion.simulate.company import Company
from companion.simulate.floor import Floor
from companion.simulate.listing import ListOfficers


class Presiders:
    """The moderator and the deputy."""

    def __init__(self, company: Company, floor: Floor, askers: Askers, officers: ListOfficers) -> None:
        self._company = company
        self._account = company.account
        self._floor = floor
        self._askers = askers
        self._officers = officers

    def hand_over(self) -> None:
        """Give the moderator's place to the deputy."""
        self._pass_to(self._company.deputy)

    def take_back(self) -> None:
        """Give it back to the moderator."""
        if self._floor.chair is not self._company.moderator:
            self._pass_to(self._company.moderator)

    def _pass_to(self, player: Player) -> None:
        before = self._floor.chair
        before.do("session.preside", {"person": player.person.id})
        self._account.presided.append(
            Presided(
                before=before.person.id,
                before_role=before.person.role.value,
                person=player.person.id,
                role=player.person.role.value,
            )
        )
        player.until(lambda map_: map_["session"]["presiding"] == player.person.id)
        self._floor.chair = player

    def say_a_word(self) -> None:
        """Let whoever presides take the floor, and speak for a moment."""
        chair, request = self._floor.chair, self._company.clock.make_id("r-")
        asked = Asked(person=chair.person.id, kind="moderator", topic="Summing up")
        chair.do("floor.request", {"request": request, "kind": asked.kind, "topic": asked.topic})
        self._account.ask(request, asked)
        self._floor.give(request)
        self._floor.speak(share=0.3)

    def hear_the_booth(self) -> None:
        """Hear from the interpreters that the speaker is too fast: it is told, and stands in no record."""
        interpreter = self._company.interpreter
        if interpreter is not None:
            language = self._company.screen.person(interpreter.person.id)["language"]
            interpreter.do("booth.signal", {"kind": "slower"})
            self._company.moderator.until_heard("booth", {"kind": "slower", "language": language})

    def take_back_an_earlier_step(self) -> None:
        """Undo what the list officer did before other things; one on which a later one depends has to stay.

        Somebody is set aside, then the time of questions is set twice. The first of these is not taken back, for the second
        stands on it; but whoever was set aside waits again.
        """
        waiting, by = self._askers.waiting(), self._company.officer.person.role.value
        if not waiting:
            return
        request, chair = waiting[-1][0], self._floor.chair
        self._company.officer.do("floor.hold", {"request": request})
        held = self._account.settle(request, "held", "request.held", by=by)
        for seconds in (60, 80):
            self._officers.set_limit(kind="question", seconds=seconds)
        chair.catch_up()
        second, first, earliest = (str(step["command"]) for step in chair.map["undo"][:3])
        refusal = chair.refused("cannot_undo", "session.undo", {"command": first})
        if refusal.get("depends_on") != second:
            raise Unexpected(f"what is to be taken back before {first} is {second}, and was told: {refusal}")
        chair.do("session.undo", {"command": earliest})
        held.undone = True
        self._account.requests[request].status = "waiting"
        self._company.screen.catch_up()

    def hear_replies(self) -> None:
        """Let a delegation reply to the last speaker twice; a third reply is refused."""
        answered = next(each for each in reversed(self._account.spoke) if each.void_reason is None)
        others = [each for each in self._company.participants if each.person.id != answered.person]
        first = next((each for each in others if self._colleague(each) is not each), others[0])
        for player in (first, self._colleague(first)):
            self._floor.give(self._askers.request(player, "right_of_reply", reply_to=answered.intervention))
            self._floor.speak(share=0.5)
        first.refused("no_further_reply", "floor.request", {"kind": "right_of_reply"})

    def _colleague(self, player: Player) -> Player:
        """Return another of the same delegation, or the same person where there is none."""
        theirs = [each for each in self._company.voters if each.person.delegation == player.person.delegation]
        return next((each for each in theirs if each is not player and player.person.delegation), player)
