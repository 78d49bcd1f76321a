"""The JavaScript finder beyond single cases: laws of formatting, hostile files, the client's pin."""

import codecs
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrate import contract, plan, verify
from migrate.find import find, language_of
from migrate.model import Action, Options
from migrate.project import Project
from migrate.source import Source
from tests import corpus

OLD = contract.PUT_MANUAL
URL = f"{contract.BASE_URL}{contract.API_PREFIX}/projects/web{OLD.old_path}"
CALL = f'await fetch("{URL}", {{ method: "PUT", body: JSON.stringify(BODY) }});\n'
PAD = 'const é😀 = "ä";\n'

keys = st.sampled_from(["name", "tags", "description", "é", "billing"])
values = st.sampled_from(
    ["1", '"x"', "null", "[1, 2]", "{ a: { b: 1 } }", "value", "f(1, 2)", "`a${1}`", "(1)"]
)
comments = st.sampled_from(["", " /* c */", " // c"])


@st.composite
def bodies(draw):
    """An object literal with moved keys and others, in some layout."""
    names = draw(st.permutations([*contract.COMMON_KEYS, *draw(st.lists(keys, unique=True, max_size=3))]))
    names = [name for name in names if name == contract.REQUIRED_KEY or draw(st.booleans())]
    quote = draw(st.sampled_from(["", '"', "'"]))
    lines = draw(st.booleans())
    indent = draw(st.sampled_from(["  ", "    ", "\t"]))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    entries = []
    for position, name in enumerate(names):
        comma = "," if position < len(names) - 1 or draw(st.booleans()) else ""
        comment = draw(comments) if lines else draw(st.sampled_from(["", " /* c */"]))
        lead = draw(st.sampled_from(["", f"// about{newline}{indent}"])) if lines else ""
        entries.append(f"{lead}{quote}{name}{quote}: {draw(values)}{comma}{comment}")
    if lines:
        return "{" + "".join(f"{newline}{indent}{each}" for each in entries) + f"{newline}}}"
    pad = draw(st.sampled_from(["", " "]))
    return "{" + pad + " ".join(entries) + pad + "}"


def migrated(text: str, path: str = "a.mjs", options: Options | None = None) -> str:
    """A text after its rewrite, checked as the pipeline checks it."""
    project = Project(".", options or Options(contract.DEFAULT_TARGET_PATH))
    source = Source.decode(path, text.encode())
    found = find(source, project)
    planned = plan.make(found.uses)
    after = plan.apply_edits(source.data, planned.edits.get(path, ()))
    verify.check(
        found, find(Source.decode(path, after), project.with_overlay({path: after})), planned.applied
    )
    return after.decode()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies())
def test_any_layout_is_moved_right(body: str) -> None:
    """However a literal is laid out, it is rewritten to the contract's translation and keeps its comments."""
    text = PAD + CALL.replace("BODY", body)

    after = migrated(text)

    assert OLD.old_path not in after
    assert after.count("/* c */") == text.count("/* c */")
    assert after.count("// ") == text.count("// ")
    assert after.startswith(PAD)
    assert after.count("\r") >= text.count("\r")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(alphabet="abc{}()[]'\"`$\\/*\n \t=.;:?<>é😀", max_size=60))
def test_no_text_breaks_it(noise: str) -> None:
    """Broken code is reported at the line that names the endpoint, and nothing in it is edited wrongly."""
    text = noise + "\n" + CALL.replace("BODY", "{ name: 1, backoffLimit: 0 }")

    found = find(Source.decode("a.ts", text.encode()), Project(".", Options(contract.DEFAULT_TARGET_PATH)))

    assert found.uses or found.dismissals or found.requests or "//" in noise or "/*" in noise or "`" in noise


def test_unparsable_file_is_reported() -> None:
    """A file that can't be parsed is for a person, with the line, and has no edits."""
    text = f'const = ;\nfetch("{URL}", {{ method: "PUT" }});\n'

    (use,) = find(Source.decode("a.js", text.encode()), Project(".", Options("/jobs"))).uses

    assert (use.kind, use.action, use.line, use.edits) == ("unreadable", Action.REVIEW, 2, ())


def test_deep_nesting_is_reported() -> None:
    """Nesting beyond what the analysis can follow breaks nothing."""
    text = CALL.replace("BODY", "a || " * 3000 + "b")

    found = find(Source.decode("a.js", text.encode()), Project(".", Options("/jobs")))

    assert [use.action for use in found.uses] == [Action.REVIEW]


@pytest.mark.parametrize(
    ("bom", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_encodings(bom: bytes, encoding: str) -> None:
    """Edits are right in every encoding, with non-ASCII text before them."""
    text = PAD + CALL.replace("BODY", '{ name: "😀", backoffLimit: 0 }')
    source = Source.decode("a.mjs", bom + text.encode(encoding))
    found = find(source, Project(".", Options("/jobs")))

    after = plan.apply_edits(source.data, sorted(found.uses[0].edits))

    wanted = text.replace(OLD.old_path, OLD.new_path).replace(
        "backoffLimit: 0", "settings: { backoffLimit: 0 }"
    )
    assert after == bom + wanted.encode(encoding)


@pytest.mark.parametrize(
    "name", ["a.js", "a.mjs", "a.cjs", "a.jsx", "a.ts", "a.mts", "a.cts", "a.tsx", "a.vue", "a.svelte"]
)
def test_suffixes(name: str) -> None:
    """Every suffix of the language leads to its finder."""
    assert language_of(name) == "javascript"


@pytest.mark.parametrize("line", ["#!/usr/bin/env node", "#!/usr/bin/env -S deno run", "#!/usr/bin/env bun"])
def test_interpreters(line: str) -> None:
    """A script without a suffix is known by its first line."""
    assert language_of("deploy", line) == "javascript"


MANIFEST = f'{{ "dependencies": {{ "{contract.JS_CLIENT_PACKAGE}": "^0.7.27" }} }}'
CLIENT = f'''import {{ ApiClient }} from "{contract.JS_CLIENT_PACKAGE}";
export const run = (api) => api.put.job.manual({{ parameters: {{ projectId: "p" }}, data }});
const data = {{ name: "x", backoffLimit: 0 }};
'''


def test_call_is_held_without_dependency_edits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A call is never rewritten under a pin that stays too old; HTTP requests need no pin."""
    monkeypatch.chdir(tmp_path)
    contents = {
        "package.json": MANIFEST.encode(),
        "a.mjs": CLIENT.encode(),
        "b.mjs": CALL.replace("BODY", '{ name: "x", backoffLimit: 0 }').encode(),
    }

    run, after = corpus.migrate(contents, Options("/jobs", dependency_edits=False), tmp_path)

    assert after["a.mjs"] == contents["a.mjs"]
    assert after["package.json"] == contents["package.json"]
    assert after["b.mjs"] != contents["b.mjs"]
    (held,) = [use for use in run.uses if use.held]
    assert held.prerequisites[0].command == f"npm install {contract.JS_CLIENT_PACKAGE}@^0.8.10"


def test_call_and_range_change_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The range in package.json is raised in the same change, and the install command is told."""
    monkeypatch.chdir(tmp_path)
    contents = {"package.json": MANIFEST.encode(), "src/a.mjs": CLIENT.encode()}

    run, after = corpus.migrate(contents, Options("/jobs"), tmp_path)

    assert after["package.json"] == contents["package.json"].replace(b"^0.7.27", b"^0.8.10")
    assert b"api.put.job(" in after["src/a.mjs"]
    assert [each.command for use in run.uses for each in use.prerequisites] == ["npm install"]


def test_unparsable_file_that_only_may_use_it_is_reported() -> None:
    """A broken file that names Northflank is reported even where no text names the endpoint outright."""
    text = "const = ;\n" + CLIENT.replace("api.put.job.manual(", "api.put.job['manual'](")

    (use,) = find(Source.decode("a.js", text.encode()), Project(".", Options("/jobs"))).uses

    assert (use.kind, use.action, use.line) == ("unreadable", Action.REVIEW, 1)
