"""Whatever paths, code and messages hold, every format stays well-formed."""

import json
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate.model import Action, Dismissal, Edit, FileResult, Outcome, Prerequisite, Run, Use
from migrate.report import RENDERERS, RenderOptions

TEXT = st.text(
    st.one_of(
        st.sampled_from("\x00\x1b\r\n\t\\\"'`<>&@|*_[]{}()%:,$#~\u2028\u202e\ufffe\ufffc\udcff\ud800🚀é "),
        st.characters(),
    ),
    max_size=12,
)
BYTES = st.one_of(st.binary(max_size=20), TEXT.map(lambda text: text.encode("utf-8", "replace")))
PATHS = st.binary(max_size=12).map(
    lambda raw: raw.decode("utf-8", "surrogateescape")
)  # as the system gives them
EDITS = st.builds(
    lambda path, start, old, new: Edit(path, start, start + len(old), old, new),
    PATHS,
    st.integers(0, 9),
    BYTES,
    BYTES,
)
PREREQUISITES = st.builds(Prerequisite, TEXT, TEXT, st.booleans(), TEXT)
USES = st.builds(
    Use,
    path=PATHS,
    start=st.just(0),
    end=st.just(1),
    line=st.integers(1, 3),
    column=st.integers(1, 9),
    end_line=st.integers(3, 4),
    end_column=st.integers(1, 9),
    kind=st.sampled_from(["http-call", "unheard-of"]),
    operation=st.sampled_from(["put.job.manual", ""]),
    language=st.sampled_from(["python", "text"]),
    action=st.sampled_from(Action),
    message=TEXT,
    advice=TEXT,
    evidence=st.lists(TEXT, max_size=2).map(tuple),
    edits=st.lists(EDITS, max_size=2).map(tuple),
    prerequisites=st.lists(PREREQUISITES, max_size=1).map(tuple),
    group=TEXT,
    accepted=st.one_of(st.just(""), TEXT),
    snippet=TEXT,
)
FILES = st.builds(
    FileResult,
    path=PATHS,
    outcome=st.sampled_from(Outcome),
    reason=TEXT,
    uses=st.lists(USES, max_size=2).map(tuple),
    dismissals=st.lists(st.builds(Dismissal, st.integers(1, 9), TEXT), max_size=1).map(tuple),
    before=st.one_of(st.none(), BYTES),
    after=st.one_of(st.none(), BYTES),
    repository=TEXT,
    owners=st.lists(TEXT, max_size=2).map(tuple),
)
RUNS = st.builds(
    Run,
    st.sampled_from(["scan", "rewrite"]),
    st.lists(FILES, max_size=2).map(tuple),
    st.booleans(),
    st.one_of(st.none(), st.integers(0, 5000)),
    st.lists(TEXT, max_size=1).map(tuple),
)


@pytest.mark.parametrize("name", RENDERERS)
@settings(max_examples=25, deadline=None)
@given(run=RUNS, color=st.booleans(), unicode=st.booleans(), verbose=st.booleans(), width=st.integers(1, 300))
def test_well_formed(name, run, color, unicode, verbose, width):
    """No format breaks, leaves control characters or half characters, or more than ASCII where asked for."""
    options = RenderOptions(color=color, unicode=unicode, verbose=verbose, width=width)
    text = RENDERERS[name](run, options)
    if name == "patch":
        text.encode("utf-8", "surrogateescape")
        return
    text.encode()
    if not unicode:
        assert text.isascii()
    if name in ("json", "sarif", "gitlab"):
        json.loads(text)
    elif name == "rdjsonl":
        for line in text.split("\n")[:-1]:
            json.loads(line)
    elif name == "junit":
        ET.fromstring(text.encode())  # noqa: S314 (the tool's own output)
    elif name != "html" and not color:
        assert not {char for char in text if char < " " and char not in "\n\t"}
