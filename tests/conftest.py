"""Fixtures that several test modules share."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from tests.recording_server import RecordingServer

# A busy machine draws its examples slowly, which says nothing about the code.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture
def recording_server() -> Iterator[RecordingServer]:
    """A fresh imitation of the API on loopback that records what reaches it."""
    with RecordingServer() as server:
        yield server
