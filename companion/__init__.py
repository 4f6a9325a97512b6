"""Companion: the live companion of a hybrid meeting. A map of the house, from the doors inwards.

cli, serve, simulate, app   start it: command line, server process, a played panel, composition root
sockets, web                the two doors: decode, identify, limit, call, encode; no rule lives here
live                        sessions in progress: decide, commit, announce, catch up
record, intake, store       what goes out, what comes in, what is kept
finding                     what is searched, in a process of its own
audiences, codec            who may see what; JSON and wire names
core                        the rules: pure, and nothing else
"""

__version__ = "0.1.0"
