"""Which way a test goes, where that is certain."""

from __future__ import annotations

from migrate.find.python.engine import Engine
from migrate.find.python.state import State
from migrate.find.python.values import Const, Dumped, Ref, Value


def truth(engine: Engine, state: State, value: Value) -> bool | None:
    """Whether the value is true, where that is certain; else None.

    A dict of which every possible content has a key is true; an empty one may have been filled by
    code that is not followed. Strings are left open: they are settings more often than not, and
    what the other setting sends must be migrated, too.
    """
    match value:
        case Const():
            return bool(value.value)
        case Dumped():
            return True
        case Ref():
            shapes = engine.dict_of(state, value.id).shapes
            return True if shapes and all(shape.entries for shape in shapes) else None
    return None
