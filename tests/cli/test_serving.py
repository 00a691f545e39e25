from __future__ import annotations

import socket
from contextlib import closing

from api.commands.serve import listen
from api.settings import Settings


def test_an_answer_is_sent_whole_and_does_not_wait_for_its_headers_to_be_acknowledged() -> None:
    """What asyncio sets on its own sockets, connections to ours have too: a search over a kept connection took 51 ms, and takes 9."""
    with closing(listen(Settings(port=0))) as listening, socket.create_connection(listening.getsockname()) as client:
        accepted, address = listening.accept()
        with accepted:
            assert address == client.getsockname()
            assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
