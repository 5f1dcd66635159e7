"""A server in between that loses one reply: it stands for an engine or a cable that dies at the worst moment."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import Enum

_COMMIT = b"\x00\x02\xb0\x12\x00\x00"  # the Bolt message, in its chunk


class Loss(Enum):
    """What the server in between does with the first COMMIT it is told to lose."""

    REQUEST = "the database never hears of it"
    REPLY = "the database keeps it, and nobody hears so"


class Relay:
    """Passes bytes between a driver and a database; `lose` makes it drop the connection at the next COMMIT."""

    def __init__(self, host: str, port: int) -> None:
        self._target = host, port
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.lose: Loss | None = None
        self.refuses = False
        self.lost = 0
        self._swallowed: set[socket.socket] = set()

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self._listening.accept()
                if self.refuses:
                    near.close()
                else:
                    far = socket.create_connection(self._target)
                    threading.Thread(target=self._forward, args=(near, far), daemon=True).start()
                    threading.Thread(target=self._back, args=(far, near), daemon=True).start()

    def close(self) -> None:
        self._listening.close()

    def _forward(self, near: socket.socket, far: socket.socket) -> None:
        with suppress(OSError), near, far:
            while told := near.recv(65536):
                loss = self.lose if told.endswith(_COMMIT) else None
                if loss is Loss.REQUEST:
                    self._drop(near, far)
                    return
                if loss is Loss.REPLY:
                    self._swallowed.add(near)
                far.sendall(told)

    def _drop(self, *ends: socket.socket) -> None:
        """Cut the connection: only a shutdown wakes the other thread, which still reads from it."""
        self.lose, self.lost = None, self.lost + 1
        for end in ends:
            end.shutdown(socket.SHUT_RDWR)

    def _back(self, far: socket.socket, near: socket.socket) -> None:
        with suppress(OSError), near, far:
            while told := far.recv(65536):
                if near in self._swallowed:
                    self._drop(near, far)
                    return
                near.sendall(told)


@contextmanager
def relay_to(host: str, port: int) -> Iterator[Relay]:
    """A relay that serves until the end of the block."""
    made = Relay(host, port)
    threading.Thread(target=made.serve, daemon=True).start()
    try:
        yield made
    finally:
        made.close()
