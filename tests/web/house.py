"""A small workshop behind the HTTP door: two panels, a few people of every role, and another workshop that nobody may see."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from flask.testing import FlaskClient

from companion.audiences.audience import Audience
from companion.clock import Clock, format_time
from companion.codec.events import write_event
from companion.config import DatabaseSettings, JoiningSettings, MetricsSettings, ServerSettings, Settings
from companion.core import commands as c
from companion.core import session as rules
from companion.core.people import Actor, Attendance, Person, Role
from companion.core.people import StakeholderGroup as Group
from companion.core.procedure import AttributionMode, RequestKind, Segment, SegmentKind
from companion.core.state import Session
from companion.counters import Counters
from companion.engine import choose
from companion.finding.searcher import Searcher
from companion.keeping.keeper import Kept
from companion.live.committer import Committer
from companion.live.corrections import Corrections
from companion.live.desk import Desk
from companion.live.presence import Presence
from companion.live.sessions import Sessions
from companion.store import directory, journal
from companion.store.database import Database
from companion.store.directory import PersonRow, SessionRow, StakeholderGroup, Workshop
from companion.web.door import make_flask

CODE: Final = "K7WM3QXD"
OTHER_CODE: Final = "M4TNC7WQ"
WORKSHOPS: Final = (
    ("w1", "Human Rights and Digital Civic Space", CODE),
    ("w2", "Elsewhere", OTHER_CODE),
    ("w3", "Without sessions", "N4TNC7WQ"),
)
MADE_AT: Final = "2026-10-01T08:00:00.000Z"
PEOPLE: Final[Mapping[str, tuple[str, Role]]] = {
    "p-mod": ("Amina Okafor", Role.MODERATOR),
    "p-list": ("Lucía Fernández", Role.LIST_OFFICER),
    "p-tech": ("Jonas Weber", Role.TECHNICAL_MODERATOR),
    "p-rap": ("Chen Wei", Role.RAPPORTEUR),
    "p-sec": ("Marie Dubois", Role.SECRETARIAT),
    "p-pan": ("نور الحسن", Role.PANELLIST),
    "p-par": ("Иван Петров", Role.PARTICIPANT),
    "p-obs": ("Tala Haddad", Role.OBSERVER),
    "p-int": ("Ana Souza", Role.INTERPRETER),
    "p-dis": ("Screen", Role.DISPLAY),
}
NEEDS: Final = "needs-a-reserved-seat-and-captions"


class WallClock:
    """A clock that tests put forward."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.clock = Clock(wall=lambda: datetime(2026, 10, 18, 8, 0, tzinfo=UTC), steady=lambda: self.seconds)

    def forward(self, by: timedelta) -> None:
        self.seconds += by.total_seconds()


class Unheard:
    """An announcer to an empty room."""

    def patch(self, session: str, audience: Audience, patch: Mapping[str, Any]) -> None:
        """Tell nobody."""

    def patch_person(self, session: str, person: str, patch: Mapping[str, Any]) -> None:
        """Tell nobody."""

    def signal(self, session: str, audience: Audience, signal: Mapping[str, Any]) -> None:
        """Tell nobody."""


class House:
    """The program behind the door, and tokens for its people."""

    def __init__(self, settings: Settings, base_url: str) -> None:
        self.wall = WallClock()
        self.kept = Kept()
        self.settings = settings
        self.database = Database.open(settings.database.path)
        engine = choose("threading")
        self.committer = Committer(engine, self.database, stop_program=_fail)
        self.desk = Desk(self.wall.clock, self.committer, tokens_days=settings.retention.tokens_days)
        self.desk.open(self.database)
        self.sessions = Sessions(engine, self.wall.clock, self.committer, Unheard(), settings)
        self.sessions.open(self.database)
        self.presence = Presence(engine, Unheard())
        self.searcher = Searcher(engine, settings.database.path)
        self.counters = Counters()
        self.app = make_flask(
            settings=settings,
            desk=self.desk,
            sessions=self.sessions,
            presence=self.presence,
            corrections=Corrections(engine, self.wall.clock, self.desk, self.sessions),
            searcher=self.searcher,
            clock=self.wall.clock,
            engine=engine,
            base_url=base_url,
            sockets=lambda: 7,
            kept=lambda: self.kept,
            counters=self.counters,
        )
        self.committer.start()

    def close(self) -> None:
        """Let go of the database."""
        self.committer.stop()
        self.searcher.close()
        self.database.close()

    def browser(self) -> FlaskClient:
        """Return somebody who is not signed in."""
        return self.app.test_client()

    def token(self, person: str) -> str:
        """Return a token of a person, who has come in by a personal link."""
        workshop = {"p-other": "w2", "p-early": "w3"}.get(person, "w1")
        return self.desk.redeem(self.desk.make_link(workshop, person=person)[1], None).token

    def program(self) -> FlaskClient:
        """Return a client that keeps no cookies but sends those that it is given."""
        return self.app.test_client(use_cookies=False)

    def bearer(self, person: str) -> dict[str, str]:
        """Return the header that a person's program sends."""
        return {"Authorization": f"Bearer {self.token(person)}"}

    def signed_in(self, person: str) -> FlaskClient:
        """Return the browser of a person who is signed in."""
        client = self.app.test_client()
        client.set_cookie("companion", self.token(person))
        return client

    def do(self, session: str, person: str, *commands: c.Command) -> None:
        """Have a person send commands to a session."""
        host = self.sessions.find(session)
        assert host is not None
        role = Role(next(row.role for row in self.desk.people("w1") if row.id == person))
        for command in commands:
            host.command(Actor(person=person, role=role), self.wall.clock.make_id(), command)


Build = Callable[..., House]


def settings_at(
    folder: Path,
    *,
    server: ServerSettings | None = None,
    joining: JoiningSettings | None = None,
    metrics: MetricsSettings | None = None,
) -> Settings:
    """Return settings with the database in `folder`."""
    return Settings(
        server=server or ServerSettings(),
        joining=joining or JoiningSettings(),
        metrics=metrics or MetricsSettings(),
        database=DatabaseSettings(path=str(folder / "workshop.db")),
    )


def make_workshop(file: Path) -> None:
    """Write the workshop into a new database."""
    with Database.open(file) as db:
        _fill(db, WallClock().clock)


def _fail(error: BaseException) -> None:
    raise AssertionError(error)


def _fill(db: Database, clock: Clock) -> None:
    with db.transaction():
        for id_, title, code in WORKSHOPS:
            directory.add_workshop(
                db,
                Workshop(
                    id=id_,
                    title=title,
                    short_title={"en": title},
                    start_date="2026-10-18",
                    end_date="2026-10-19",
                    time_zone="Europe/Zurich",
                    join_code=code,
                    room="Room XX",
                ),
            )
            group = StakeholderGroup(workshop=id_, id="ngo", name={"en": "Civil society", "ar": "المجتمع المدني"})
            directory.add_group(db, group)
        directory.add_group(db, StakeholderGroup(workshop="w2", id="press", name={"en": "Press"}))
        for id_, (name, role) in PEOPLE.items():
            directory.add_person(db, _person(id_, "w1", name, role))
        directory.add_person(db, _person("p-other", "w2", "Elsewhere's own", Role.SECRETARIAT))
        directory.add_person(db, _person("p-early", "w3", "Too early", Role.PARTICIPANT))
        for position, id_ in enumerate(("s1", "s2")):
            directory.add_session(db, _session(id_, "w1", position))
            _prepare(db, clock, id_, "w1")
        directory.add_session(db, _session("s9", "w2", 0))
        _prepare(db, clock, "s9", "w2")
        directory.add_session(db, _session("s8", "w2", 1))


def _person(id_: str, workshop: str, name: str, role: Role) -> PersonRow:
    return PersonRow(
        id=id_,
        workshop=workshop,
        name=name,
        role=role,
        attendance=Attendance.IN_ROOM,
        created_at=MADE_AT,
        organisation_name="Organisation of " + id_,
        group="ngo",
        email=f"{id_}@private.example",
        platform_name=f"platform-name-of-{id_}",
        accessibility_needs=(NEEDS,),
    )


def _session(id_: str, workshop: str, position: int) -> SessionRow:
    day = 18 + position
    return SessionRow(
        id=id_,
        workshop=workshop,
        number=str(position + 1),
        title=f"Panel {id_} on <law> & technology",
        short_title=f"Panel {id_}",
        starts_at=f"2026-10-{day}T08:00:00.000Z",
        ends_at=f"2026-10-{day}T10:00:00.000Z",
        position=position,
    )


def _prepare(db: Database, clock: Clock, session: str, workshop: str) -> None:
    at = clock.now()
    command = c.PrepareSession(
        session=session,
        workshop=workshop,
        workshop_title=(("en", "Workshop"),),
        number="1",
        title=session,
        short_title=session,
        room="Room XX",
        time_zone="Europe/Zurich",
        starts_at=at,
        ends_at=at + timedelta(hours=2),
        segments=(Segment(id="g1", kind=SegmentKind.INTERACTIVE_DISCUSSION),),
        groups=(Group(id="ngo", name=(("en", "Civil society"),)),),
        panellists=(),
        people=tuple(
            Person(id=id_, name=name, role=role, accessibility_needs=(NEEDS,))
            for id_, (name, role) in PEOPLE.items()
            if workshop == "w1"
        ),
        default_seconds=120,
        group_seconds=(),
        kind_seconds=((RequestKind.POINT_OF_ORDER, 60),),
        warning_seconds=30,
        attribution_mode=AttributionMode.ATTRIBUTED,
        attribution_mode_panellists=AttributionMode.ATTRIBUTED,
    )
    chain, entries = journal.first_link(session), []
    for seq, event in enumerate(rules.decide(Session(), command, by=Actor(person="system", role=None), at=at), start=1):
        name, body = write_event(event)
        entries.append(
            journal.seal(
                chain,
                session=session,
                seq=seq,
                at=format_time(at),
                actor="system",
                command="prepare",
                type=name,
                body=body,
                salt=clock.make_salt(),
            )
        )
        chain = entries[-1].chain
    journal.append(db, entries)
