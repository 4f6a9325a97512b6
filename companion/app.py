"""The composition root: everything is made here, once, and passed on."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask_socketio import SocketIO

from companion.clock import Clock
from companion.codec import json
from companion.config import Settings
from companion.core.procedure import SessionStatus
from companion.counters import Counters
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
from companion.sockets.express import Express
from companion.sockets.guards import make_safe
from companion.sockets.handlers import SocketDoor
from companion.sockets.lanes import EngineSocket, Lanes
from companion.sockets.transport import WideManager, widen
from companion.store.database import Database
from companion.web.door import make_flask

PING_SECONDS = 10
GOODBYE_SECONDS = 2.0


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

    def close(self) -> None:
        """Tell the clients when to come back, write what is under way, and let go of the database.

        Waits a moment for those who take what they are sent, and for nobody else.
        """
        self.sockets.say_restarting()
        self.committer.stop()
        self.sockets.wait_until_told(seconds=GOODBYE_SECONDS)
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
    counters = Counters()
    committer.on_batch = counters.committed
    sessions = Sessions(engine, clock, committer, road, settings)
    presence = Presence(engine, road)
    desk = Desk(clock, committer, tokens_days=settings.retention.tokens_days)
    desk.open(database)
    sessions.open(database)
    sockets = SocketDoor(
        desk=desk,
        sessions=sessions,
        presence=presence,
        road=road,
        clock=clock,
        limits=settings.limits,
        engine=engine,
        counters=counters,
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
        counters=counters,
    )
    lanes = Lanes(engine, most_waiting=settings.limits.waiting_packets)
    server = SocketIO(
        flask,
        client_manager=WideManager(lanes),
        async_mode=engine.name,
        async_handlers=False,
        json=json,
        manage_session=False,
        max_http_buffer_size=settings.limits.message_bytes,
        ping_interval=PING_SECONDS,
        ping_timeout=PING_SECONDS,
    ).server
    arrived: list[Callable[[EngineSocket], object]] = [lanes.limit]
    if engine.name == "eventlet":
        arrived.append(widen(server, lanes, engine, message_bytes=settings.limits.message_bytes))
    make_safe(
        server,
        engine,
        strangers=sockets.strangers,
        arrived=arrived,
        out_of_protocol=sockets.out_of_protocol,
    )
    sockets.open(server)
    lanes.take = Express(server, sockets.handlers).take
    committer.start()
    Alarms(engine, clock, sessions).start()
    keeper.start(anything_recorded=sessions.entries > 0)
    _offer(counters, settings, road, sessions, sockets)
    counters.offer(
        "dropped_readers", "Sockets that did not read, and were closed.", lambda: lanes.traffic.dropped, rises=True
    )
    counters.offer(
        "backup_age_seconds", "Age of the last copy of the database that this start has made.", keeper.age_seconds
    )
    counters.offer("backups_failed", "Copies that could not be made.", lambda: keeper.state.failures, rises=True)
    engine.spawn(counters.watch_the_loop, engine.sleep, time.monotonic)
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


def _offer(counters: Counters, settings: Settings, road: Road, sessions: Sessions, sockets: SocketDoor) -> None:
    """Offer what can be looked up about the program."""
    path = settings.database.path
    counters.offer("clients", "Sockets of people who are signed in, by audience.", sockets.by_audience, "audience")
    counters.offer("strangers", "Sockets that have not said yet who they are.", lambda: len(sockets.strangers))
    counters.offer(
        "strangers_turned_away",
        "Sockets that never said who they are, or made way for others.",
        lambda: sockets.strangers.turned_away,
        rises=True,
    )
    counters.offer("waiting_packets", "Packets that wait for clients, over all sockets.", road.waiting_packets)
    counters.offer(
        "live_sessions",
        "Sessions that are in progress.",
        lambda: sum(host.committed.course.status is SessionStatus.OPEN for host in sessions),
    )
    counters.offer("read_only", "1 while the disk is full, else 0.", lambda: float(sessions.read_only))
    counters.offer(
        "database_bytes", "Size of the database and of its log.", lambda: _bytes(path) + _bytes(f"{path}-wal")
    )


def _bytes(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except FileNotFoundError:
        return 0
