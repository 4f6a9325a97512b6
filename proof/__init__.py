"""The proof that nothing acknowledged is lost, and nothing applied twice: `make proof`.

Real clients, on python-socketio and on npm's socket.io-client, log what they sent, were told and saw (`history`), while roads
are cut and the server is killed, stopped and starved under them (`storm`). The checker compares their histories with the
journal (`checker`). `python -m proof --without fsync` takes one of the things away that the promise stands on, and must fail.
"""
