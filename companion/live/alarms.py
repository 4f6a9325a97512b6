"""Sees to it that alarms go off: once, whatever happens to the server in between."""

from typing import Final

from companion.clock import Clock
from companion.core import alarms
from companion.core.ids import SYSTEM
from companion.core.people import Actor
from companion.core.refusals import Refusal, Refused
from companion.engine import Engine
from companion.live.host import Host
from companion.live.sessions import Sessions
from companion.logs import Log

LOOK_SECONDS: Final = 1.0
"""How often it looks; an alarm is no more than so much late, whatever was done to the clock."""

_BY: Final = Actor(person=SYSTEM, role=None)
_log = Log(__name__)


class Alarms:
    """The alarms of all sessions."""

    def __init__(self, engine: Engine, clock: Clock, sessions: Sessions) -> None:
        self._engine = engine
        self._clock = clock
        self._sessions = sessions
        self._gone_off: set[tuple[str, str]] = set()

    def start(self) -> None:
        """Look for alarms that are due from now on."""
        self._engine.spawn(self._watch)

    def look(self) -> None:
        """Have every alarm go off that is due."""
        now = self._clock.now()
        for host in self._sessions:
            for due in alarms.due(host.committed):
                if due.at <= now and (host.id, due.id) not in self._gone_off:
                    self._go_off(host, due)

    def _go_off(self, host: Host, due: alarms.Due) -> None:
        """Send the command under an id that is the same after a restart: the first answer then stands."""
        try:
            host.command(_BY, due.id, due.command)
        except Refused as refused:
            if refused.reason is Refusal.NOT_RECORDED:
                return  # the disk refused; the next look tries again
            _log.info("alarm_refused", session=host.id, code=refused.reason)
        self._gone_off.add((host.id, due.id))

    def _watch(self) -> None:
        while True:
            self._engine.sleep(LOOK_SECONDS)
            self.look()
