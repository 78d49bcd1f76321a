"""Parts that the HTML pages share: text made safe, and the names of style and script by their hashes."""

from __future__ import annotations

import base64
import hashlib
import re
from html import escape
from importlib import resources

from migrate.report.words import visible

_CODE = re.compile(r"`([^`\n]+)`")


def asset(name: str, package: str = "migrate.report") -> str:
    """A part of a page. All are ASCII, so that the hashes hold in any output encoding."""
    return resources.files(package).joinpath("page", name).read_text(encoding="utf-8")


def digest(content: str) -> str:
    """What a Content-Security-Policy names a style or a script by (CSP3, ``sha256-…``)."""
    return base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()


def text(value: str) -> str:
    """Text for an element or a quoted attribute."""
    return escape(visible(value))


def prose(value: str) -> str:
    """Text in which what stands in backticks is code."""
    return _CODE.sub(r"<code>\1</code>", text(value))


def select(name: str, label: str, values: dict[str, str]) -> str:
    """A drop-down list. values: what is chosen → the word for it."""
    listed = "".join(f'<option value="{text(key)}">{text(word)}</option>' for key, word in values.items())
    return f'<label>{label} <select name="{name}"><option value="">all</option>{listed}</select></label>'


def encoded(page: str, unicode: bool) -> str:
    """The page as it is, or in ASCII for an output that takes nothing else."""
    return page if unicode else page.encode("ascii", "xmlcharrefreplace").decode("ascii")
