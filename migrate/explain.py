"""What ``nf-migrate explain`` says about the kinds of use."""

from __future__ import annotations

from difflib import get_close_matches
from textwrap import fill, indent

from migrate.errors import UsageError
from migrate.kinds import KINDS

_WIDTH = 90


def listed() -> str:
    """One line for each kind."""
    width = max(map(len, KINDS))
    return "\n".join(f"{name:<{width}}  {kind.title}" for name, kind in KINDS.items())


def explained(name: str) -> str:
    """Title, reason and example of a kind. Raises UsageError for an unknown one."""
    kind = KINDS.get(name)
    if kind is None:
        near = get_close_matches(name, KINDS, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else "See: nf-migrate explain"
        raise UsageError(f"There is no kind of use `{name}`.", hint)
    parts = [fill(f"{name}: {kind.title}", _WIDTH), fill(kind.why, _WIDTH)]
    for label, example in (("Before", kind.before), ("After", kind.after)):
        if example:
            parts.append(f"{label}:\n\n{indent(example, '    ')}")
    return "\n\n".join(parts)
