"""Is it Northflank's endpoint? Evidence for and against, from words that stand around a place.

The literal path alone proves nothing: most systems that have ``/jobs/…`` routes are not
Northflank. Every finder gathers its facts here, so that the same facts weigh the same everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from migrate import contract

_PRODUCT = re.compile(rf"{contract.PRODUCT}|(?<![a-z0-9])nf[-_]?(?:api|compute|token)", re.IGNORECASE)
_PREFIX = re.compile(r"/v1/(?:teams/[^/?#]+/)?projects/[^/?#]+$")
_PROJECT = re.compile(r"(?:^|/)projects/[^/?#]+$")
_TYPICAL_KEYS = frozenset(
    (
        "deploymentPlan",
        "buildPlan",
        "buildSHA",
        "runtimeEnvironment",
        "projectBranch",
        "imagePath",
        "projectUrl",
    )
)
_PLAN_VALUE = re.compile(r"\bnf-compute-\d")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Facts about one place. pro, contra: sentences; strong: whether `pro` suffices to rewrite."""

    pro: tuple[str, ...] = ()
    contra: tuple[str, ...] = ()
    strong: bool = False

    @property
    def foreign(self) -> bool:
        """Whether the place is evidently somebody else's."""
        return bool(self.contra) and not self.strong


def of_url(prefix: str) -> Evidence:
    """Evidence in what stands before the deprecated path in a URL (`contract.PathMatch.prefix`).

    Strong: the API's host, or the API's own prefix with a project. Against: another literal host.
    """
    host = urlsplit(prefix).hostname if "://" in prefix else None
    if host == contract.HOST or (host or "").endswith(f".{contract.PRODUCT}.com"):
        return Evidence((f"the URL's host is {host}",), strong=True)
    if _PREFIX.search(prefix):
        pro = (f"the path has {contract.API_PREFIX}/…projects/… before it",)
        local = host in (None, "localhost", "127.0.0.1", "::1") or "\N{OBJECT REPLACEMENT CHARACTER}" in str(
            host
        )
        return Evidence(pro, () if local else (f"the URL's host is {host}",), strong=local)
    if host and "\N{OBJECT REPLACEMENT CHARACTER}" not in host:
        return Evidence((), (f"the URL's host is {host}",))
    if _PROJECT.search(prefix):
        return Evidence(("the path has projects/… before it",))
    return Evidence()


def of_words(words: str, where: str) -> Evidence:
    """Evidence in names or text near the place: the product's name. Strong."""
    found = _PRODUCT.search(words)
    return Evidence((f"{where} names {found[0]!r}",), strong=True) if found else Evidence()


def of_payload(keys: frozenset[str], text: str) -> Evidence:
    """Evidence in a payload: its keys (any depth) and its source text."""
    if _PLAN_VALUE.search(text):
        return Evidence(("the payload names a plan of Northflank's",), strong=True)
    typical = sorted(keys & _TYPICAL_KEYS)
    moved = sorted(keys & set(contract.MOVED_KEYS))
    if typical and moved:
        return Evidence((f"the payload has {typical[0]} and {moved[0]}",), strong=True)
    if moved:
        return Evidence((f"the payload has {moved[0]}",))
    return Evidence()


def combine(*parts: Evidence) -> Evidence:
    """All facts together: two independent facts for it are strong where nothing speaks against it."""
    pro = tuple(dict.fromkeys(fact for part in parts for fact in part.pro))
    contra = tuple(dict.fromkeys(fact for part in parts for fact in part.contra))
    strong = any(part.strong for part in parts) or (len(pro) >= 2 and not contra)
    return Evidence(pro, contra, strong and not contra)
