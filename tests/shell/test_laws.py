"""Laws of the shell finder and of documents, over generated scripts."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from migrate import contract, plan
from migrate.find import find
from migrate.model import Action, Options
from migrate.project import Project
from migrate.source import Source
from tests.need import need

OPTIONS = Options(contract.DEFAULT_TARGET_PATH, docs=True, cli_ready=True)
URL = f"{contract.BASE_URL}/v1/projects/p/jobs/manual"
_TEXT = st.text(st.sampled_from(list("ab \"'\\$`!é😀{}[]:,#|&;<>\n\t")), max_size=10)
# Left for review: two apostrophes in a row between single quotes, and what looks like a template.
_TEXT = _TEXT.filter(lambda text: not re.search(r"''|\{[{#%]|<%", text))
_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), _TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(_TEXT, inner, max_size=2)),
    max_leaves=5,
)
_BODIES = st.builds(
    lambda extra, moved: {"name": "n", **extra, contract.REQUIRED_KEY: 0, **moved},
    st.dictionaries(st.text(st.sampled_from(list("xyz")), min_size=1, max_size=2), _VALUES, max_size=3),
    st.dictionaries(st.sampled_from(contract.COMMON_KEYS), _VALUES, max_size=2),
)


def migrated(text: str, path: str = "a.sh") -> str:
    """The text after all rewrites; nothing may be left for review."""
    source = Source.decode(path, text.encode())
    found = find(source, Project(".", OPTIONS))
    assert all(use.action is Action.REWRITE for use in found.uses), [use.message for use in found.uses]
    edits = plan.make(found.uses).edits.get(path, ())
    return plan.apply_edits(source.data, edits).decode()


def double_quoted(text: str) -> str:
    """A word in double quotes."""
    for char in '\\"$`':
        text = text.replace(char, f"\\{char}")
    return f'"{text}"'


def words(command: str) -> list[str]:
    """The words of a command as bash reads them."""
    script = f"curl() {{ printf '%s\\0' \"$@\"; }}\n{command}"
    done = subprocess.run([need("bash"), "-c", script], capture_output=True, check=True, timeout=30)
    return done.stdout.decode().split("\0")[:-1]


def check(before: dict[str, Any], sent: str) -> None:
    """What is sent is the contract's translation."""
    assert contract.same_value(contract.upgrade_request(contract.PUT_MANUAL, before), json.loads(sent))


@settings(max_examples=60, deadline=None)
@given(_BODIES, st.sampled_from(["single", "double", "heredoc"]), st.sampled_from([None, 2]))
def test_a_body_in_any_quoting_is_translated(body: dict[str, Any], quoting: str, indent: int | None) -> None:
    """Whatever a JSON body holds, after the rewrite bash gives curl the translated body and URL."""
    text = json.dumps(body, ensure_ascii=False, indent=indent)
    if quoting == "heredoc":
        command = f"curl -X PUT {URL} -d \"$(cat <<'JSON'\n{text}\nJSON\n)\"\n"
    else:
        word = shlex.quote(text) if quoting == "single" else double_quoted(text)
        command = f"curl -X PUT {URL} -d {word}\n"

    sent = words(migrated(command))

    assert sent[:4] == ["-X", "PUT", URL.removesuffix("/manual"), "-d"]
    check(body, sent[4])


@settings(max_examples=60, deadline=None)
@given(_BODIES, st.sampled_from(["", "> ", "   "]))
def test_a_sample_in_markdown_is_translated(body: dict[str, Any], prefix: str) -> None:
    """A fence in a quote or a list is translated, and every line keeps what stands before it."""
    command = f"curl -X PUT {URL} -d {shlex.quote(json.dumps(body, ensure_ascii=False, indent=2))}"
    lines = ["```bash", *command.split("\n"), "```"]
    page = ("1. one\n\n" if prefix.isspace() else "") + "".join(f"{prefix}{line}\n" for line in lines)

    after = migrated(page, "a.md").split("\n")

    inner = [line for line in after if line.startswith(prefix)] if prefix else after
    code = "\n".join(line.removeprefix(prefix) for line in inner).split("```")[1].removeprefix("bash\n")
    check(body, words(code)[4])


@settings(max_examples=150, deadline=None)
@given(
    st.text(st.sampled_from(list("ab \"'\\$`(){}[]|&;<>#=\n-@/")), max_size=60),
    st.sampled_from(["sh", "md", "rst"]),
)
def test_no_text_breaks_the_finders(text: str, suffix: str) -> None:
    """Any text around a request gives findings, never an exception, and no edit outside of the request."""
    before = f'{text}\ncurl -X PUT {URL} -d \'{{"name": "n", "backoffLimit": 0}}\'\n'
    source = Source.decode(f"a.{suffix}", before.encode())

    found = find(source, Project(".", OPTIONS))

    for use in found.uses:
        for edit in use.edits:
            assert edit.start >= len(text.encode()), (use, edit)
