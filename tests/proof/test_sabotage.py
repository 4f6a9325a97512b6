"""What `--without` takes out of a server is still where it is looked for, and is gone then."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
GONE = {
    "fsync": """
from companion.store.database import Database
with Database.open(folder / "x.db") as db:
    assert db.sql.execute("PRAGMA synchronous").fetchone() == (0,)
""",
    "commit": """
from companion.live.committer import Append, _Append, _Writer
written, told = [], []
_Writer._write = lambda self, jobs: written.extend(jobs)
class Ticket:
    def recorded(self): told.append("recorded")
writer = _Writer(None)
job = _Append(Append(session="s", generation=0, entries=(), answered=None), Ticket())
for call in writer.append_all([job]).calls:
    call()
assert (written, told) == ([], ["recorded"])
writer.append_all([job])
assert written == [job]
""",
    "idempotency": """
from companion.live.answers import Answer, Remembered
from companion.store import journal
remembered = Remembered()
remembered.keep(("p", "c"), Answer(seq=1), typed=False)
assert remembered.find(("p", "c")) is None
assert "OR REPLACE" in journal._APPEND_ANSWERS
""",
    "expect": """
import dataclasses
from companion.core import commands as c, floor
from companion.core.state import Session
session = dataclasses.replace(Session(), floor=dataclasses.replace(Session().floor, intervention=None))
try:
    floor.decide(session, c.EndFloor(expect="i.1"))
except Exception as refused:
    assert refused.reason != "stale", refused
""",
    "resume": """
from companion.audiences.audience import Audience
from companion.audiences.maps import Patch
from companion.live.catch_up import Ring
ring = Ring(0, 10)
ring.add(1, {audience: Patch({"list": {}}) for audience in Audience})
assert ring.since(0, Audience.STAFF) == []
assert ring.since(7, Audience.STAFF) is None
""",
}
BEFORE = """
import pathlib, sys, tempfile
from proof.sabotage import WITHOUT
WITHOUT[sys.argv[1]]()
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    exec(sys.argv[2])
"""


@pytest.mark.parametrize("what", GONE)
def test_what_is_taken_out_is_gone(what: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", BEFORE, what, GONE[what]], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stderr) == (0, "")
