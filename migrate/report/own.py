"""Recognises the reports that the tool wrote: they name uses and hold none."""

from __future__ import annotations

import re

_HEAD = 2048
_MARKS = re.compile(
    rb'"(?:driver|tool|source)":\s*\{\s*"name":\s*"nf-migrate"|"check_name": "nf-migrate/'
    rb'|<testsuites name="nf-migrate"|<meta name="generator" content="nf-migrate '
    rb"|\A### Deprecated job endpoints: `nf-migrate`"
)


def ours(data: bytes) -> bool:
    """Whether a file's bytes begin as one of the tool's own reports does (not the text or the patch)."""
    return _MARKS.search(data, 0, _HEAD) is not None
