"""Fingerprints: unique, and deaf to what moves lines."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from migrate.fingerprint import fingerprints
from migrate.model import Action
from migrate.source import Source

LINE = "call(a)\n"


def uses_in(text):
    """A use at each call."""
    source = Source("a.py", text.encode(), text)
    starts = [at for at in range(len(text)) if text.startswith("call", at)]
    return [
        source.use(
            (at, at + 4), kind="http-call", language="python", action=Action.REVIEW, message="m", advice="a"
        )
        for at in starts
    ]


@given(above=st.integers(0, 5), between=st.integers(0, 5))
def test_lines_may_move(above, between):
    """Blank lines above, between and after don't change a fingerprint; copies have their own."""
    text = "\n" * above + LINE + "\n" * between + "    " + LINE + LINE
    found = fingerprints(uses_in(text))
    assert found == fingerprints(uses_in(LINE * 3))
    assert len(set(found)) == 3


def test_what_it_is_counts():
    """Another path, kind or text is another finding."""
    (use,) = uses_in(LINE)
    others = [replace(use, path="b.py"), replace(use, kind="prose"), replace(use, snippet="call(b)")]
    assert len(set(fingerprints([use, *others]))) == 4


def test_snippet_is_whole_lines():
    """A use carries its whole lines, whatever their newlines, and nothing where they are too long."""
    text = "a\r\n  x = (\r\n 1)\r\nb"
    source = Source("a.py", text.encode(), text)
    start = text.index("(")
    assert source.snippet(start, text.index(")") + 1) == "  x = (\r\n 1)"
    assert source.snippet(0, 3) == "a"
    assert source.snippet(len(text), len(text)) == "b"
    long = Source("a.js", b"", "x" * 5000)
    assert long.snippet(10, 20) == ""


@given(text=st.text(alphabet="aé🚀\n\r", max_size=20), encoding=st.sampled_from(["utf-8", "utf-16-le"]))
def test_bytes_and_characters_agree(text, encoding):
    """From characters to bytes and back is where it began, with a mark before the text or not."""
    for bom in (b"", b"\xff\xfe" if encoding == "utf-16-le" else b"\xef\xbb\xbf"):
        source = Source("a", bom + text.encode(encoding), text, encoding, bom)
        assert all(source.char_at(source.byte_at(at)) == at for at in range(len(text) + 1))
