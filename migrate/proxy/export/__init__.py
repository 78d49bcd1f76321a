"""Configurations for other gateways, generated from the same contract."""

from __future__ import annotations

from migrate.proxy.export import envoy, nginx
from migrate.proxy.settings import Settings


def files(kind: str, settings: Settings) -> dict[str, str]:
    """Name and text of each file. kind: ``nginx`` or ``envoy``. Raises UsageError."""
    return {"nginx": nginx.files, "envoy": envoy.files}[kind](settings)
