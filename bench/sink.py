"""A mail service that takes everything and keeps nothing: `python -m bench.sink`.

It says its port on the first line, and ends when its own input does. It speaks as much of
SMTP (RFC 5321) as a sender needs.
"""

import asyncio
import re
import sys
from collections.abc import Callable

MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]+)>", re.I | re.M)
# What each word is answered; MAIL, RCPT, RSET and NOOP are simply taken.
ANSWERS = {"EHLO": "250 sink", "HELO": "250 sink", "QUIT": "221 Bye"}


class Sink:
    """One mail service. `took` hears the number of each letter before it is answered.

    It may be `slow` to answer: so many seconds after it took a letter.
    """

    def __init__(
        self, took: Callable[[str], None] = lambda _letter: None, slow: float = 0
    ) -> None:
        self.took = took
        self.slow = slow
        self.port = 0

    async def open(self) -> asyncio.Server:
        """Listen on a port that is free."""
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=2**22)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        writer.write(b"220 sink\r\n")
        try:
            while line := await reader.readline():
                word = line[:4].decode("ascii", "replace").upper()
                answer = ANSWERS.get(word, "250 OK")
                if word == "DATA":
                    writer.write(b"354 Go on\r\n")
                    letter = await reader.readuntil(b"\r\n.\r\n")
                    found = MESSAGE_ID.search(letter)
                    self.took(found[1].decode() if found else "")
                    await asyncio.sleep(self.slow)
                writer.write(f"{answer}\r\n".encode())
                if word == "QUIT":
                    break
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def main() -> None:
    """Take letters until nobody wants to send any."""
    sink = Sink()
    async with await sink.open():
        print(sink.port, flush=True)
        await asyncio.to_thread(sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
