"""Text, bytes and the way between them."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate.plan import apply_edits
from migrate.source import Source, UndecodableError

ENCODINGS = {
    "utf-8": b"",
    "utf-8-sig": codecs.BOM_UTF8,
    "utf-16": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}


@pytest.mark.parametrize("name", ENCODINGS)
@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30),
    where=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_an_edit_by_characters_is_the_same_edit_in_bytes(name, text, where):
    """Replacing characters and replacing the edit's bytes give the same file, in every encoding."""
    text = text.removeprefix("\ufeff")
    codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(name, name)
    source = Source.decode("a.txt", ENCODINGS[name] + text.encode(codec))
    start, end = sorted(min(each, len(text)) for each in where)

    result = apply_edits(source.data, [source.edit(start, end, "ü")])

    assert result == source.with_text(text[:start] + "ü" + text[end:]).data


def test_coding_cookie_is_honoured_in_python_files():
    """PEP 263: a Python file says its encoding itself; other files are UTF-8."""
    data = b"# -*- coding: latin-1 -*-\nname = '\xe4'\n"

    assert "ä" in Source.decode("a.py", data).text
    with pytest.raises(UndecodableError):
        Source.decode("a.txt", data)


@pytest.mark.parametrize("data", [b"\xff", b"# coding: no-such-codec\nx", b"a\xc3"])
def test_what_is_not_text_is_an_error_of_its_own(data):
    """Bytes that don't decode are refused, never replaced."""
    with pytest.raises(UndecodableError):
        Source.decode("a.py", data)


def test_lines_and_columns_count_code_points():
    """Lines end in CR LF, LF or CR; columns count code points from 1."""
    source = Source.decode("a.py", "ä\r\nb😀c\rd\n".encode())

    assert [source.line_column(source.text.index(each)) for each in "äbcd"] == [
        (1, 1),
        (2, 1),
        (2, 3),
        (3, 1),
    ]
    assert source.line_text(2) == "b😀c"


def test_utf8_offsets_map_back_to_characters():
    """A byte offset in the UTF-8 form, as parsers give it, finds its character."""
    source = Source.decode("a.py", "\ufeffä😀x".encode())

    assert [source.char_at_utf8(each) for each in (0, 2, 6)] == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "newline"), [("a", "\n"), ("a\r\nb\r\nc\n", "\r\n"), ("a\rb", "\r"), ("a\nb", "\n")]
)
def test_prevailing_newline(text, newline):
    """The newline that a file uses most is the one for inserted lines."""
    assert Source.decode("a", text.encode()).newline == newline
