"""The arguments of a call, evaluated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import libcst as cst

from migrate.find.python.values import Value

Named = tuple[str, Value, cst.CSTNode, cst.BaseExpression]


@dataclass
class Arguments:
    """What a call is given.

    positional: values with their expressions; named: keyword, value, argument, expression; spread: the same
    for what comes in through ``**``; stars: the ``**`` arguments themselves; open_positional,
    open_keywords: whether there may be more than is known.
    """

    positional: list[tuple[Value, cst.BaseExpression]] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)
    spread: list[Named] = field(default_factory=list)
    stars: list[tuple[Value, cst.BaseExpression]] = field(default_factory=list)
    open_positional: bool = False
    open_keywords: bool = False

    def get(self, *names: str) -> tuple[Value, cst.BaseExpression] | None:
        """The keyword argument of one of the names, the first that is given."""
        for name in names:
            for key, value, _, expression in (*self.named, *self.spread):
                if key == name:
                    return value, expression
        return None

    def at(self, index: int, *names: str) -> tuple[Value, cst.BaseExpression] | None:
        """A positional argument, or the keyword argument of one of the names."""
        if index < len(self.positional):
            return self.positional[index]
        return self.get(*names)

    def values(self) -> Iterator[tuple[Value, cst.BaseExpression]]:
        """All values with their expressions."""
        yield from self.positional
        for _, value, _, expression in self.named:
            yield value, expression
        yield from self.stars
