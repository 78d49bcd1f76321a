"""Fixtures that several test modules share."""

from collections.abc import Iterator

import pytest

from tests.recording_server import RecordingServer


@pytest.fixture
def recording_server() -> Iterator[RecordingServer]:
    """A fresh imitation of the API on loopback that records what reaches it."""
    with RecordingServer() as server:
        yield server
