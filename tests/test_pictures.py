"""The documents' pictures show what the tool shows today."""

import re

from scripts import pictures


def test_pictures_are_up_to_date():
    """The SVG is what rich exports of the report now; the screenshot is of the page as it is now."""
    assert pictures.stale() == [], "run: python -m scripts.pictures"


def test_pictures_load_nothing_of_this_machine():
    """The SVG names no path of the machine that it was made on."""
    text = pictures.TERMINAL.read_text(encoding="utf-8")
    assert not re.search(r"/(?:home|root|tmp|work|Users)/", text)
    assert pictures.PAGE.read_bytes().startswith(b"\x89PNG")
