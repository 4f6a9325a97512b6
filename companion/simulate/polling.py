"""Indicative polls: that of the workshop file with its answers, and others by chance."""

from typing import Any, Final

from companion.intake.form import Poll
from companion.simulate.account import Polled
from companion.simulate.client import Player, Unexpected
from companion.simulate.company import Company

SUPPORT_SCALE: Final = ("support", "support_with_changes", "cannot_support", "abstain")
_WEIGHTS: Final = (6, 2, 1, 1)
_BROAD: Final = 0.6
_HANDS: Final = (4, 2, 0, 1)


class Pollsters:
    """The moderator opens and closes polls, everybody answers from the phone."""

    def __init__(self, company: Company) -> None:
        self._company = company
        self._account = company.account

    def on_recommendation(self) -> tuple[str, str]:
        """Play the poll of the workshop file, or one by chance on the first recommendation; return it and its status."""
        recommendations = self._account.recommendations
        poll = self._given("recorded")
        if poll is not None:
            about = self._about(poll)
            return about, self._play(about, self._delegations(poll), poll)
        about = next(iter(recommendations))
        voters = {player.person.id: player for player in self._company.voters if player.person.delegation}
        return about, self._play(about, voters, None)

    def on_question(self) -> None:
        """Ask a question that people answer each for themselves: remote by the app, in the room by hands."""
        question = {"question": "Shall the list of speakers be closed at noon?", "preset": "yes_no_abstain"}
        terms = {"ballot": "recorded", "unit": "person", "results": "live", "room": "by_hands"}
        id_ = self._company.clock.make_id("poll-")
        voters = [player for player in self._company.voters if self._is_remote(player)]
        moderator = self._company.moderator
        eligible = [player.person.id for player in self._company.voters]
        moderator.do("poll.open", {"poll": id_, **question, **terms, "eligible": eligible})
        options = ("yes", "no", "abstain")
        polled = Polled(recommendation=None, version=None, unit="person", options=options, eligible=len(voters))
        self._account.polls[id_] = polled
        for player in voters:
            option = self._company.random.choice(options)
            player.do("poll.vote", {"poll": id_, "option": option})
            polled.answers[player.person.id] = option
        polled.room = dict(zip(options, _HANDS, strict=False))
        moderator.refused("bad_message", "poll.room_tally", {"poll": id_, "counts": polled.room, "present": 1})
        moderator.do("poll.room_tally", {"poll": id_, "counts": polled.room, "present": 20})
        self._close(id_, polled)

    def in_secret(self) -> None:
        """Play the secret poll of the workshop file, of which only the counts are known, or one by chance on a question."""
        id_, moderator = self._company.clock.make_id("poll-"), self._company.moderator
        poll = self._given("secret")
        about = self._about(poll) if poll else None
        version = self._account.recommendations[about].version if about else None
        voters = self._delegations(poll) if poll else {player.person.id: player for player in self._company.voters}
        polled = Polled(
            recommendation=about,
            version=version,
            unit=poll.unit if poll else "person",
            options=tuple(poll.options) if poll else SUPPORT_SCALE,
            eligible=len({player.person.delegation for player in voters.values()}) if poll else len(voters),
        )
        terms = {"ballot": "secret", "unit": polled.unit, "results": "after_close", "preset": "support_scale"}
        asked = {"recommendation": about} if about else {"question": "Shall we meet again next year?"}
        expect = {"expect": {"version": version}} if about else {}
        moderator.refused("bad_message", "poll.open", {**terms, **asked, "results": "live"}, **expect)
        moderator.do("poll.open", {"poll": id_, **terms, **asked, "eligible": sorted(voters)}, **expect)
        self._account.polls[id_] = polled
        self._answer_secretly(id_, polled, voters, poll)
        self._close(id_, polled)

    def _answer_secretly(self, id_: str, polled: Polled, voters: dict[str, Player], poll: Poll | None) -> None:
        """Have as many choose each option as the file says, whoever they are; nobody takes an answer back."""
        units = {(player.person.delegation if poll else player.person.id): player for player in voters.values()}
        polled.expected = (
            dict(poll.expected_counts) if poll and len(units) >= sum(poll.expected_counts.values()) else {}
        )
        chosen = [option for option, count in polled.expected.items() for _ in range(count)]
        chosen = chosen or self._company.random.choices(polled.options, _WEIGHTS, k=len(units))
        self._company.random.shuffle(chosen)
        for (unit, player), option in zip(units.items(), chosen, strict=False):
            player.until(lambda map_: map_.get(f"poll/{id_}", {}).get("status") == "open")
            player.do("poll.vote", {"poll": id_, "option": option})
            player.refused("already_voted", "poll.vote", {"poll": id_, "option": polled.options[0]})
            polled.answers[unit] = option
            if player.map["me/answers"][id_]["option"] is not None or "total" in player.map[f"poll/{id_}"]:
                raise Unexpected("a secret answer came back")

    def _given(self, ballot: str) -> Poll | None:
        """Return the poll of the workshop file by delegation with such a ballot."""
        return next(
            (each for each in self._company.given.polls if (each.ballot, each.unit) == (ballot, "delegation")), None
        )

    def _about(self, poll: Poll) -> str:
        """Return the recommendation that a poll of the workshop file is on."""
        symbol = next(each.symbol for each in self._company.given.recommendations if each.id == poll.recommendation)
        return next(id_ for id_, each in self._account.recommendations.items() if each.symbol == symbol)

    def _delegations(self, poll: Poll) -> dict[str, Player]:
        return {
            player.person.id: player for player in self._company.voters if player.person.delegation in poll.eligible
        }

    def _play(self, about: str, voters: dict[str, Player], poll: Poll | None) -> str:
        """Open a poll by delegation on a recommendation, have it answered, close it; return the status that follows."""
        id_, moderator = self._company.clock.make_id("poll-"), self._company.moderator
        version = self._account.recommendations[about].version
        units = {player.person.delegation for player in voters.values()}
        polled = Polled(
            recommendation=about,
            version=version,
            unit="delegation",
            options=tuple(poll.options) if poll else SUPPORT_SCALE,
            eligible=len(units),
            expected=dict(poll.expected_counts) if poll and units == set(poll.ballots) else {},
        )
        terms = {
            "ballot": "recorded",
            "unit": "delegation",
            "results": "when_published",
            "reasons": "required_for_cannot_support",
        }
        options = {"preset": "support_scale"}
        draft = {"poll": id_, "recommendation": about, **terms, **options}
        self._company.writers[0].do("poll.draft", draft)
        self._account.polls[id_] = polled
        opened = {"poll": id_, "eligible": sorted(voters)}
        if version > 1:
            moderator.refused("stale", "poll.open", opened, expect={"version": version - 1})
        moderator.do("poll.open", opened, expect={"version": version})
        moderator.do("display.show", {"what": "poll", "ref": id_})
        self._answer(id_, polled, voters, dict(poll.ballots) if poll else {})
        self._close(id_, polled)
        moderator.do("display.show", {"what": "result", "ref": id_})
        return self._outcome(id_, polled)

    def _answer(self, id_: str, polled: Polled, voters: dict[str, Player], ballots: dict[str, str]) -> None:
        for number, player in enumerate(voters.values()):
            player.until(lambda map_: map_.get(f"poll/{id_}", {}).get("status") == "open")
            unit = player.person.delegation
            chosen = (
                ballots.get(unit) or self._company.random.choices(polled.options, _WEIGHTS[: len(polled.options)])[0]
            )
            data: dict[str, Any] = {"poll": id_, "option": chosen}
            if chosen == "cannot_support":
                player.refused("reason_required", "poll.vote", data)
                data["reason"] = "The text goes beyond our mandate."
            if number % 7 == 0:
                player.do("poll.vote", {"poll": id_, "option": "abstain"})
            player.do("poll.vote", data)
            polled.answers[unit] = chosen
        player.refused("not_found", "poll.vote", {"poll": id_, "option": "something_else"})

    def _close(self, id_: str, polled: Polled) -> None:
        moderator, anybody = self._company.moderator, self._company.voters[0]
        moderator.do("poll.close", {"poll": id_}, expect={"poll": id_})
        anybody.refused("poll_not_open", "poll.vote", {"poll": id_, "option": polled.options[0]})
        moderator.do("poll.publish", {"poll": id_}, expect={"poll": id_})
        polled.status = "published"
        anybody.until(lambda map_: map_[f"poll/{id_}"]["status"] == "published")
        shown = anybody.map[f"poll/{id_}"]
        if shown.get("total") != polled.total:
            raise Unexpected(
                f"the screen of {anybody.person.id} shows {shown.get('total')}, answered was {polled.total}"
            )

    def _outcome(self, id_: str, polled: Polled) -> str:
        given = sum(polled.total.values())
        broad = given and polled.total["support"] / given >= _BROAD
        polled.outcome = (
            f"{polled.total['support']} of {polled.eligible} delegations can support the text as it stands."
        )
        self._company.writers[0].do("poll.outcome", {"poll": id_, "text": polled.outcome})
        return "broad_support" if broad else "divergent_views"

    def _is_remote(self, player: Player) -> bool:
        return bool(self._company.moderator.map[f"person/{player.person.id}"]["attendance"] == "remote")
