"""What the program says about itself: one line per event, as `key=value`.

Never names, texts, choices or tokens: the journal is the record of a session, the log is about the program. Not to be
used on a native thread, whose waiting for a log's lock would stop the loop.
"""

import json
import logging
import re
import sys
import time
from typing import TextIO

_PLAIN = re.compile(r"[\w.:/@+-]+", re.ASCII)
_HANDLER = "companion"


class Log:
    """A part of the program's voice: `log.info("joined", session="s1")` writes `event=joined session=s1`."""

    def __init__(self, name: str) -> None:
        self._logger = logging.getLogger(name)

    def debug(self, event: str, **facts: object) -> None:
        """Write what helps to find a fault."""
        self._write(logging.DEBUG, event, facts)

    def info(self, event: str, **facts: object) -> None:
        """Write what happened as it should: a start, a stop, a refusal."""
        self._write(logging.INFO, event, facts)

    def warning(self, event: str, **facts: object) -> None:
        """Write what somebody else did wrong or too slowly."""
        self._write(logging.WARNING, event, facts)

    def error(self, event: str, **facts: object) -> None:
        """Write what this program did wrong, with the traceback of the exception being handled, if there is one."""
        self._write(logging.ERROR, event, facts, traceback=sys.exc_info()[0] is not None)

    def _write(self, level: int, event: str, facts: dict[str, object], *, traceback: bool = False) -> None:
        if self._logger.isEnabledFor(level):
            self._logger.log(level, "%s", pairs(event=event, **facts), exc_info=traceback, extra={"pairs": True})


class _KeyValues(logging.Formatter):
    """Writes `at=… level=… from=…` before the pairs; the lines of libraries become `event="…"`."""

    converter = staticmethod(time.gmtime)
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def format(self, record: logging.LogRecord) -> str:
        message = record.getMessage()
        said = message if hasattr(record, "pairs") else pairs(event=message)
        head = pairs(at=self.formatTime(record), level=record.levelname.lower()) + f" from={record.name}"
        lines = [f"{head} {said}"]
        if record.exc_info:
            lines.append(self.formatException(record.exc_info))
        return "\n".join(lines)


def set_up(level: str, stream: TextIO | None = None) -> None:
    """Send every log line from `level` (`debug` … `error`) upwards to `stream`, by default standard error."""
    handler = logging.StreamHandler(stream)
    handler.set_name(_HANDLER)
    handler.setFormatter(_KeyValues())
    root = logging.getLogger()
    for former in [each for each in root.handlers if each.get_name() == _HANDLER]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(level.upper())


def pairs(**facts: object) -> str:
    """Return `key=value …`; a value that is not one plain word is quoted, so that no value can forge a line."""
    return " ".join(f"{key}={_word(value)}" for key, value in facts.items())


def _word(value: object) -> str:
    text = str(value)
    return text if _PLAIN.fullmatch(text) else json.dumps(text)
