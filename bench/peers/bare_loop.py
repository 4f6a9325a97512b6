"""What Python can do at best: a loop of `send()` over sockets that stand open, each time a byte comes on the first of them."""

import socket
import sys

FRAME_BYTES = 300


def serve(port: int, clients: int) -> None:
    """Send a frame to every client as often as the first connection says so, until it closes."""
    with socket.create_server(("127.0.0.1", port), backlog=2048) as listener:
        control, _ = listener.accept()
        sockets = [listener.accept()[0] for _ in range(clients)]
    for each in sockets:
        each.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    taps = 0
    while _told(control):
        packet = b'42["patch",{"set":{"announcement":{"text":"tap %06d ' % taps
        frame = b"\x81\x7e" + (FRAME_BYTES - 4).to_bytes(2, "big") + packet.ljust(FRAME_BYTES - 8, b".") + b'"}}]'
        for each in sockets:
            each.send(frame)
        taps += 1


def _told(control: socket.socket) -> bool:
    try:
        return bool(control.recv(1))
    except ConnectionResetError:
        return False


if __name__ == "__main__":
    serve(int(sys.argv[1]), int(sys.argv[2]))
