"""An answer's header waits for its content, and for nothing longer."""

import asyncio

import pytest

from migrate.proxy.protocol import _SMALL, _Corked


class Recorded(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[bytes] = []
        self.closed_after = -1

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Keep it."""
        self.written.append(bytes(data))

    def close(self) -> None:
        """Keep how much was written before."""
        self.closed_after = len(self.written)

    def is_closing(self) -> bool:
        """Whether `close` was called."""
        return self.closed_after >= 0


async def after(*steps: bytes | None) -> list[bytes]:
    """What is written for these writes; None lets the event loop go round."""
    beneath = Recorded()
    corked = _Corked(beneath, asyncio.get_running_loop())
    for step in steps:
        if step is None:
            await asyncio.sleep(0)
        else:
            corked.write(step)
    await asyncio.sleep(0)
    return beneath.written


@pytest.mark.parametrize(
    ("steps", "written"),
    [
        ((b"header", b"content"), [b"headercontent"]),
        ((b"header", b""), [b"header"]),
        ((b"header", None, b"content"), [b"header", b"content"]),
        ((b"header", b"one", b"two", None, b"three"), [b"headerone", b"two", b"three"]),
        ((b"x" * (_SMALL + 1), b"y"), [b"x" * (_SMALL + 1), b"y"]),
    ],
)
def test_what_goes_out(steps, written):
    """All bytes, in their order, joined only where they follow at once."""
    assert asyncio.run(after(*steps)) == written


def test_closing_writes_what_is_held():
    """Nothing is lost where the connection is closed behind the header."""

    async def closed() -> Recorded:
        beneath = Recorded()
        corked = _Corked(beneath, asyncio.get_running_loop())
        corked.write(b"header")
        corked.close()
        return beneath

    beneath = asyncio.run(closed())
    assert (beneath.written, beneath.closed_after) == ([b"header"], 1)
    assert beneath.is_closing()
