"""Configurations for other gateways, generated from the same contract."""

from __future__ import annotations

from migrate.proxy.settings import Settings


def files(kind: str, settings: Settings) -> dict[str, str]:
    """Name and text of each file. kind: ``nginx`` or ``envoy``."""
    return {}
