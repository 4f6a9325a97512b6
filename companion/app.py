"""The composition root: everything is made here, once, and passed on."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask
from flask_socketio import SocketIO

from companion.clock import Clock
from companion.codec import json
from companion.config import Settings
from companion.engine import Engine
from companion.finding.searcher import Searcher
from companion.keeping.keeper import Keeper
from companion.live.alarms import Alarms
from companion.live.committer import Committer
from companion.live.corrections import Corrections
from companion.live.desk import Desk
from companion.live.presence import Presence
from companion.live.sessions import Sessions
from companion.sockets.connections import Road
from companion.sockets.handlers import SocketDoor
from companion.sockets.transport import make_safe
from companion.store.database import Database
from companion.web.door import make_flask

PING_SECONDS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """The whole program, ready to be served as the WSGI application `flask`."""

    settings: Settings
    base_url: str
    flask: Flask
    database: Database
    committer: Committer
    desk: Desk
    sessions: Sessions
    sockets: SocketDoor
    searcher: Searcher
    keeper: Keeper

    def close(self, *, restarting_in_seconds: int) -> None:
        """Tell the clients when to come back, write what is under way, and let go of the database."""
        self.sockets.say_restarting(restarting_in_seconds)
        self.committer.stop()
        self.searcher.close()
        self.database.close()


def create_app(
    settings: Settings, engine: Engine, *, base_url: str, stop_program: Callable[[BaseException], None]
) -> App:
    """Return the program on the database that the settings name.

    `base_url` is what people type or scan. `stop_program` is called when it cannot be told what is on disk. Raises
    `CannotOpen`, and the file is unchanged.
    """
    clock = Clock()
    database = Database.open(settings.database.path)
    committer = Committer(engine, database, stop_program=stop_program)
    road = Road()
    sessions = Sessions(engine, clock, committer, road, settings)
    presence = Presence(engine, road)
    desk = Desk(clock, committer, tokens_days=settings.retention.tokens_days)
    desk.open(database)
    sessions.open(database)
    sockets = SocketDoor(
        desk=desk, sessions=sessions, presence=presence, road=road, clock=clock, limits=settings.limits
    )
    searcher = Searcher(engine, settings.database.path)
    keeper = Keeper(engine, clock, settings, changes=lambda: committer.changes, closed=lambda: sessions.closed)
    flask = make_flask(
        settings=settings,
        desk=desk,
        sessions=sessions,
        presence=presence,
        corrections=Corrections(engine, clock, desk, sessions),
        searcher=searcher,
        clock=clock,
        engine=engine,
        base_url=base_url,
        sockets=lambda: len(sockets.connections),
        kept=lambda: keeper.state,
    )
    server = SocketIO(
        flask,
        async_mode=engine.name,
        async_handlers=False,
        json=json,
        manage_session=False,
        max_http_buffer_size=settings.limits.message_bytes,
        ping_interval=PING_SECONDS,
        ping_timeout=PING_SECONDS,
    ).server
    make_safe(
        server,
        engine,
        message_bytes=settings.limits.message_bytes,
        sign_in_seconds=settings.limits.sign_in_seconds,
    )
    sockets.open(server)
    committer.start()
    Alarms(engine, clock, sessions).start()
    keeper.start(anything_recorded=sessions.entries > 0)
    return App(
        settings=settings,
        base_url=base_url,
        flask=flask,
        database=database,
        committer=committer,
        desk=desk,
        sessions=sessions,
        sockets=sockets,
        searcher=searcher,
        keeper=keeper,
    )
