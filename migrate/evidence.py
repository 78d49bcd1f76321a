"""Is it Northflank's endpoint? Evidence for and against, from words that stand around a place.

The literal path alone proves nothing: most systems that have ``/jobs/…`` routes are not
Northflank. Every finder gathers its facts here, so that the same facts weigh the same everywhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from migrate import contract
from migrate.model import HOLE

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
_LOCAL = ("localhost", "127.0.0.1", "::1")
_PLAN_VALUE = re.compile(r"\bnf-compute-\d")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Facts about one place.

    pro, contra: sentences; strong: whether they suffice to rewrite; contested: whether something
    strong speaks for it and something against it, which a person must decide.
    """

    pro: tuple[str, ...] = ()
    contra: tuple[str, ...] = ()
    strong: bool = False
    contested: bool = False

    @property
    def foreign(self) -> bool:
        """Whether the place is evidently somebody else's."""
        return bool(self.contra) and not self.strong and not self.contested


def of_url(prefix: str) -> Evidence:
    """Evidence in what stands before the deprecated path in a URL (`contract.PathMatch.prefix`).

    Strong: the API's host, or the API's own prefix with a project. Against: another literal host.
    """
    host = urlsplit(prefix).hostname if "://" in prefix else None
    if host == contract.HOST or (host or "").endswith(f".{contract.PRODUCT}.com"):
        return Evidence((f"the URL's host is {host}",), strong=True)
    known = host is not None and HOLE not in host
    named = known and contract.PRODUCT in str(host)
    pro: list[str] = []
    if named:
        pro.append(f"the URL's host {host} names {contract.PRODUCT}")
    api_prefix = _PREFIX.search(prefix) is not None
    if api_prefix:
        pro.append(f"the path has {contract.API_PREFIX}/…projects/… before it")
    elif _PROJECT.search(prefix):
        pro.append("the path has projects/… before it")
    foreign = known and not named and not (api_prefix and host in _LOCAL)
    return Evidence(tuple(pro), (f"the URL's host is {host}",) if foreign else (), api_prefix and not foreign)


def of_words(words: str, where: str) -> Evidence:
    """Evidence in names or text near the place: the product's name. Strong."""
    found = _PRODUCT.search(words)
    return Evidence((f"{where} names {found[0]!r}",), strong=True) if found else Evidence()


def of_file(words: str, where: str = "the file") -> Evidence:
    """Evidence in the whole text around a place: the product's name. One fact.

    A program that is deployed there names it as well, and has requests of its own.
    """
    return replace(of_words(words, where), strong=False)


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
    strong = any(part.strong or part.contested for part in parts)
    enough = strong or len(pro) >= 2
    return Evidence(pro, contra, enough and not contra, strong and bool(contra))
