"""Names for findings that stay the same when lines move.

A fingerprint is made of what the finding is (path, kind, operation, the text of its lines with
white space folded) and, among those that agree in all of it, its number in the file. So code
above it may grow and shrink; a second copy of the line is a second finding.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

from migrate.model import Use
from migrate.whereabouts import UNKNOWN, Whereabouts

LENGTH = 32
"""Hexadecimal digits: 128 bits of SHA-256."""


def fingerprints(uses: Iterable[Use], where: Whereabouts = UNKNOWN) -> tuple[str, ...]:
    """One fingerprint for each use, in their order. No two are the same.

    where: of the current directory, so that they are the same in each folder of a repository.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    found: list[str] = []
    for use in uses:
        parts = (where.of(use.path), use.kind, use.operation, " ".join(use.snippet.split()) or use.message)
        seen[parts] += 1
        whole = "\0".join((*parts, str(seen[parts])))
        found.append(sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH])
    return tuple(found)
