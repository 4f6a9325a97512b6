"""Participants on npm's socket.io-client, in a process of their own that may be stopped; their lines become histories."""

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from proof.history import History

NODE: Final = Path(sys.executable).with_name("node")
PROGRAM: Final = Path(__file__).with_name("participant.js")
MUSTER_SECONDS: Final = 60


class NpmParticipants:
    """The process, and what it tells of each participant."""

    def __init__(self, told: dict[str, Any], histories: Sequence[History]) -> None:
        self.histories = histories
        self._still, self._compared = threading.Event(), threading.Event()
        self.failure: BaseException | None = None
        self._process = subprocess.Popen(
            [NODE, PROGRAM, json.dumps(told)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    @property
    def pid(self) -> int:
        """Return the id of the process."""
        return self._process.pid

    def be_still(self) -> None:
        """Have everybody be still, and wait until they are."""
        self._still.clear()
        self._compared.clear()
        self._say("muster")
        self._wait_for(self._still)

    def compare(self) -> None:
        """Have everybody who is still compare, wait until they have, and let them go on."""
        self._say("compare")
        self._wait_for(self._compared)

    def end(self) -> None:
        """Tell everybody that it is over, and wait until they have left."""
        if self._process.poll() is None:
            self._say("over")
        try:
            self._process.wait(timeout=20)
        finally:
            self._process.kill()
            self._process.wait()
            self._thread.join(timeout=20)
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()

    def _wait_for(self, event: threading.Event) -> None:
        if not event.wait(MUSTER_SECONDS):
            raise TimeoutError(f"the npm clients do not come to rest ({self._process.poll()})") from self.failure

    def _say(self, line: str) -> None:
        if self._process.stdin is not None:
            self._process.stdin.write(f"{line}\n")
            self._process.stdin.flush()

    def _read(self) -> None:
        try:
            for line in self._process.stdout or ():
                self._hear(json.loads(line))
        except BaseException as error:  # noqa: BLE001 (told to the proof, which waits for this thread)
            self.failure = error

    def _hear(self, line: dict[str, Any]) -> None:
        match line:
            case {"still": True}:
                self._still.set()
            case {"compared": True}:
                self._compared.set()
            case _:
                _fold(self.histories[line["who"]], line)


def _fold(history: History, line: dict[str, Any]) -> None:
    match line:
        case {"sent": {"id": id_, "type": type_}}:
            history.sent(id_, type_)
        case {"told": {"id": id_, "answer": answer}}:
            history.told(id_, answer)
        case {"joined": answer, "since": since, "early": early}:
            history.joined(answer, since, early)
        case {"refreshed": answer, "early": early, "whole": whole}:
            history.refreshed(answer, early, whole=whole)
        case _:
            history.heard(line["heard"])
