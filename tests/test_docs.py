"""The documents tell the truth."""

import re
from pathlib import Path

import pytest

from migrate.kinds import KINDS
from scripts import docs

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_generated_parts_are_current(page):
    """What is generated from the code stands in the documents as the code would write it now."""
    text = page.read_text(encoding="utf-8")

    assert docs.rendered(text) == text


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page):
    """Every relative link names a file that is there."""
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


def test_every_kind_is_documented():
    """Each kind of use has its section."""
    text = (ROOT / "docs" / "uses.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^## ([\w-]+)$", text, re.MULTILINE)) == set(KINDS)
