"""Offsets of syntax nodes in files with very long lines, which are found by the nodes' texts."""

from pathlib import Path

import pytest

from migrate.find.javascript.modules import Module
from migrate.source import Source

CORPUS = Path(__file__).parents[3] / "corpus"
SUFFIXES = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".tsx", ".mts", ".cts")
FILES = sorted(path for path in CORPUS.rglob("*") if path.suffix in SUFFIXES)
LONG = "\n// " + "x" * 6000 + "\n"


def _nodes(path: Path, text: str) -> list[tuple[str, int, int]]:
    module = Module(Source.decode(str(path), text.encode()))
    return [(node.kind, node.start, node.end) for node in module.root.walk()]


def test_long_line_changes_no_offset():
    """Each node of each program of the corpus is where it is when no line is long."""
    for path in FILES:
        text = Source.decode(str(path), path.read_bytes()).text
        plain = _nodes(path, text + LONG[:9])
        long = _nodes(path, text + LONG)
        assert [each[0] for each in long] == [each[0] for each in plain], path
        assert [each for each in long if each[2] <= len(text)] == [
            each for each in plain if each[2] <= len(text)
        ], path


@pytest.mark.parametrize(
    "text",
    [
        "const é = `a ${ b } ${c}` + '  ' + \"\"; const 𝒳 = /x x/g.test(' x x')",
        "const a = <p> x x {' '} <b>x</b> {/* x */}</p>",
        "return\n\tx\n++y; label: for (;;) ;\ufeffx;",
        "f(<T,>(x: T): x is T => x as unknown as T, x!?.[x], { x, x: x, 'x': x, [x]: x, x() {} })",
    ],
)
def test_text_at_offset_is_the_node_text(text):
    """Repeated texts, blanks in strings, wide characters and markup are placed as without a long line."""
    path = Path("a.tsx")
    long = [each for each in _nodes(path, text + LONG) if each[2] <= len(text)]
    assert long == [each for each in _nodes(path, text + LONG[:9]) if each[2] <= len(text)]
