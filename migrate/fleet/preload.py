"""Imported once in the process that worker processes are copied from: what every scan needs."""

from migrate import execute, owners, pipeline, scope
from migrate.find import python
from migrate.fleet import task

__all__ = ["execute", "owners", "pipeline", "python", "scope", "task"]
