"""The process that makes a copy: started by the server, it reads its order and writes its report."""

import os
import sys

import msgspec

from companion.clock import Clock
from companion.keeping.making import Order, carry_out

_NICE = 10  # the room's screens come first

if __name__ == "__main__":
    os.nice(_NICE)
    report = carry_out(msgspec.json.decode(sys.stdin.buffer.read(), type=Order), Clock())
    sys.stdout.buffer.write(msgspec.json.encode(report))
