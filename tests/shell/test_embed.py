"""Regions: decoding, and writing edits back through quoting and indentation."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from migrate import contract, embed, plan, quoting
from migrate.embed import Region, Unwritable
from migrate.model import Action, Options
from migrate.project import Project
from migrate.source import Source

_TEXT = st.text(st.sampled_from(list("ab \"'\\é😀{}:#/\n")), max_size=12)
_LINES = st.lists(
    st.text(st.sampled_from(list("ab'\"{}:#é")), min_size=1, max_size=5), min_size=1, max_size=4
)


def _edited(outer: str, region: Region, start: int, end: int, new: str) -> str:
    first, last, written = region.outer_edit(start, end, new, outer)
    return outer[:first] + written + outer[last:]


@given(_TEXT, _TEXT, st.data())
def test_an_edit_in_a_json_string_is_the_edit_of_the_value(value: str, new: str, data: st.DataObject) -> None:
    """Editing the region and decoding the document gives the edited value."""
    outer = json.dumps({"k": value})
    start = outer.index(":") + 2
    region = quoting.json_string("shell", outer, start, len(outer) - 1)
    assert region is not None
    assert region.text == value
    first = data.draw(st.integers(0, len(value)))
    last = data.draw(st.integers(first, len(value)))
    result = _edited(outer, region, first, last, new)
    assert json.loads(result)["k"] == value[:first] + new + value[last:]


@given(_LINES, _LINES, st.data())
def test_an_edit_of_lines_in_an_indented_block_is_the_edit_of_the_lines(
    lines: list[str], new: list[str], data: st.DataObject
) -> None:
    """Whole lines in a literal block scalar can be replaced, put in and taken out anywhere."""
    outer = "top:\n  run: |\n" + "".join(f"    {line}\n" for line in lines) + "  after: 1\n"
    start = outer.index("|\n") + 2
    region = quoting.indented("shell", outer, start, outer.index("  after"), "    ")
    assert region is not None
    text = "".join(f"{line}\n" for line in lines)
    assert region.text == text
    first = data.draw(st.integers(0, len(lines)))
    last = data.draw(st.integers(first, len(lines)))
    cuts = [len("".join(f"{line}\n" for line in lines[:each])) for each in (first, last)]
    piece = "".join(f"{line}\n" for line in new)
    result = _edited(outer, region, cuts[0], cuts[1], piece)
    assert yaml.safe_load(result)["top"]["run"] == text[: cuts[0]] + piece + text[cuts[1] :]
    assert result.endswith("\n  after: 1\n")


@given(_LINES, st.text(st.sampled_from(list("xy\n")), max_size=6), st.data())
def test_an_edit_anywhere_in_an_indented_block_is_the_edit_of_the_text(
    lines: list[str], new: str, data: st.DataObject
) -> None:
    """Edits that begin or end within a line keep the indentation of every line."""
    outer = "> " + "\n> ".join(lines) + "\n> \nend"
    region = quoting.indented("shell", outer, 0, outer.index("\nend") + 1, "> ")
    assert region is not None
    first = data.draw(st.integers(0, len(region.text)))
    last = data.draw(st.integers(first, len(region.text)))
    result = _edited(outer, region, first, last, new)
    wanted = region.text[:first] + new + region.text[last:]
    if wanted.endswith("\n"):
        again = quoting.indented("shell", result, 0, result.rindex("end"), "> ")
        assert again is not None
        assert again.text == wanted


@pytest.mark.parametrize(
    "outer",
    [
        "'it''s  $x'",
        '"a\\tb \\"q\\" \\u00e9\\x41"',
        "plain --flag 'q' é",
        "|\n  a\n\n    b\n",
        ">-\n  one\n  two\n",
        "'folded\n  twice\n\n  more'",
    ],
)
def test_every_yaml_style_decodes_as_the_parser_reads_it(outer: str) -> None:
    """The region's text is the value that PyYAML gives."""
    document = f"k: {outer}"
    node = yaml.compose(document).value[0][1]
    span = (node.start_mark.index, node.end_mark.index)
    region = quoting.yaml_scalar("shell", document, *span, node.style, node.value)
    assert region is not None
    assert region.text.rstrip("\n") == node.value.rstrip("\n")


@pytest.mark.parametrize(
    ("outer", "style", "new"),
    [
        ("k: a b", None, "x: y"),
        ("k: a b", None, " # c"),
        ("k: >\n  a b\n", ">", "x\ny"),
        ("k: 'a b'", "'", "x\ny"),
    ],
)
def test_what_the_quoting_cannot_hold_is_refused(outer: str, style: str | None, new: str) -> None:
    """A replacement that would change the outer document's meaning raises with the reason."""
    node = yaml.compose(outer).value[0][1]
    region = quoting.yaml_scalar(
        "shell", outer, node.start_mark.index, node.end_mark.index, style, node.value
    )
    assert region is not None
    with pytest.raises(Unwritable):
        region.outer_edit(1, 2, new, outer)


PROJECT = Project(".", Options(contract.DEFAULT_TARGET_PATH, cli_ready=True))
COMMAND = (
    f"""curl -X PUT {contract.BASE_URL}/v1/projects/p/jobs/manual -d '{{"name": "n", "backoffLimit": 0}}'"""
)


def test_regions_nest_to_any_depth() -> None:
    """JSON in a script in a script in a JSON string: the edit is written through all of them."""
    body = '{"name": "n", "backoffLimit": 0}'
    script = COMMAND.replace("'", '"').replace(body, body.replace('"', '\\"'))
    outer = json.dumps({"é": f"bash -c '{script}'"}, ensure_ascii=False)
    source = Source.decode("a.json", outer.encode())
    region = quoting.json_string("shell", outer, outer.index(":") + 2, len(outer) - 1)
    assert region is not None

    found = embed.find_in(source, PROJECT, [region])

    (use,) = found.uses
    assert use.action is Action.REWRITE
    assert use.start == found.requests[0].start
    after = json.loads(plan.apply_edits(source.data, sorted(use.edits)))["é"]
    assert r"{\"name\": \"n\", \"settings\": {\"backoffLimit\": 0}}" in after
    assert "/jobs -d" in after


def test_what_can_not_be_written_becomes_a_review_with_the_reason() -> None:
    """A region that must not change, and text that its quoting can't hold, are left to a person."""
    source = Source.decode("a.txt", COMMAND.encode())
    plain = quoting.verbatim("shell", source.text, 0, len(source.text), refuse=":")
    for region, reason in [
        (plain, "can't hold"),
        (replace(plain, frozen="it is generated"), "it is generated"),
    ]:
        (use,) = embed.find_in(source, PROJECT, [region]).uses
        assert use.action is Action.REVIEW
        assert reason in use.message
        assert use.edits == ()
        assert use.advice


def test_places_are_those_of_the_file() -> None:
    """Lines and columns of a use in a region count in the file, and its edits are bytes of the file."""
    text = f"# é\nrun: |\n  echo\n  {COMMAND}\n"
    source = Source.decode("a.yaml", text.encode())
    region = quoting.indented("shell", text, text.index("  echo"), len(text), "  ")
    assert region is not None

    (use,) = embed.find_in(source, PROJECT, [region]).uses

    assert (use.line, use.column) == (4, 3)
    assert source.data[use.start : use.start + 4] == b"curl"
    assert all(source.data[edit.start : edit.end] == edit.old for edit in use.edits)
