"""JSON, JSONC and YAML edited by span: the contract's move, with the author's layout kept.

`load` gives the value of a text, `move_edits` the spans that change and what replaces them.
"""

from __future__ import annotations

from migrate.structured.document import load
from migrate.structured.moves import move_edits

__all__ = ["load", "move_edits"]
