"""Names of the endpoint that are no requests: comments, docstrings, texts, constants."""

from __future__ import annotations

from migrate.find.python.engine import Engine
from migrate.find.python.module import Module
from migrate.model import Findings


def complete(engine: Engine, module: Module, found: Findings) -> Findings:
    """The findings with those for names of the endpoint outside of understood requests."""
    del engine, module
    return found
