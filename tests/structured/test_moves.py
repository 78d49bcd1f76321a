"""Moves by span: layout, comments, refusals."""

from __future__ import annotations

import textwrap

import pytest
import yaml

from migrate import contract
from migrate.contract import Untranslatable
from migrate.structured import load, move_edits, moves
from migrate.structured.document import parse
from migrate.structured.layout import apply
from migrate.structured.nodes import Document

PUT = contract.PUT_MANUAL
CRON = contract.BY_NAME["put.job.cron"]
PATCH_CRON = contract.BY_NAME["patch.job.cron"]


def moved(text: str, syntax: str, operation: contract.Operation = PUT, at: tuple[str | int, ...] = ()) -> str:
    """The text after its edits."""
    return apply(text, move_edits(text, syntax, operation, at))


def dedent(text: str) -> str:
    """A text without the indentation of the test's code."""
    return textwrap.dedent(text).lstrip("\n")


UNTOUCHED = [
    ("json", "{}"),
    ("json", '{"name": "x"}'),
    ("json", '{"settings": {"backoffLimit": 0}, "env": {"backoffLimit": 1}}'),
    ("jsonc", '// backoffLimit\n{"name": "x", /* "backoffLimit": 0 */}'),
    ("yaml", "{}"),
    ("yaml", "name: x\nenv:\n  backoffLimit: 1\n"),
    ("yaml", "name: x\nsettings:\n  backoffLimit: 1\n"),
    ("yaml", "name: x\n# backoffLimit: 1\nscript: |\n  backoffLimit: 1\n"),
    ("yaml", "base: &b {x: 1}\n<<: *b\nsettings: {backoffLimit: 0}\n"),
]


@pytest.mark.parametrize(("syntax", "text"), UNTOUCHED)
def test_nothing_moves_where_no_key_stands_at_the_top(syntax: str, text: str) -> None:
    """Migrated bodies, deeper keys and comments give no edit."""
    assert move_edits(text, syntax, PUT) == []


REFUSED = [
    ("json", '{"backoffLimit": 0, "backoffLimit": 0}', "twice"),
    ("json", '{"backoffLimit": NaN}', "no JSON value"),
    ("json", '{"backoffLimit": 0,}', "trailing comma"),
    ("json", '// c\n{"backoffLimit": 0}', "no JSON value"),
    ("json", '{"backoffLimit": 0', "neither comma"),
    ("json", '["backoffLimit"]', "not an object"),
    ("json", '{"backoffLimit": 0, "settings": null}', "not an object"),
    ("json", '{"backoffLimit": 0, "settings": {"backoffLimit": 1}}', "different values"),
    ("json", '{"backoffLimit": 0, "settings": {"cron": {}}}', "scheduled job"),
    ("json", '{"backoffLimit": 0, "x": ' + "[" * 5000 + "]" * 5000 + "}", "deeply nested"),
    ("yaml", "backoffLimit: 0\nbackoffLimit: 0\n", "twice"),
    ("yaml", "backoffLimit: 0\n--- \nbackoffLimit: 0\n", "2 documents"),
    ("yaml", "a: &a {backoffLimit: 0}\n<<: *a\nname: x\n", "merge key"),
    ("yaml", "a: &a {x: 0}\nbackoffLimit: 0\nsettings: *a\n", "alias"),
    ("yaml", "settings: &s {x: 0}\nbackoffLimit: 0\nother: *s\n", "anchor"),
    ("yaml", "a: &a {settings: {x: 1}}\n<<: *a\nbackoffLimit: 0\n", "merge key"),
    ("yaml", "? backoffLimit\n: 0\nname: x\n", "plain `key: value`"),
    ("yaml", 'backoffLimit: 0\n{{ include "x" . }}\nname: x\n', "template directive"),
    ("yaml", "name: x\n{{- if .x }}\nbackoffLimit: 0\n{{- end }}\n", "template directive"),
    ("yaml", "name: x\n{{ .key }}: 1\nbackoffLimit: 0\n", "template expression"),
    ("yaml", "backoffLimit: [0\n", "line 2"),
]


@pytest.mark.parametrize(("syntax", "text", "reason"), REFUSED)
def test_what_cannot_be_proved_is_refused_with_a_reason(syntax: str, text: str, reason: str) -> None:
    """Every refusal says why."""
    with pytest.raises(ValueError, match=reason):
        move_edits(text, syntax, PUT)


def test_a_shared_body_is_refused() -> None:
    """A body that an alias or a merge shares is not edited, from either side."""
    text = "a: &a\n  backoffLimit: 0\nb: *a\nc:\n  <<: *a\n"
    for key in ("a", "b", "c"):
        with pytest.raises(Untranslatable, match="share"):
            move_edits(text, "yaml", PUT, (key,))


CASES = [
    (
        "one line stays one line",
        "json",
        '{"name": "x", "backoffLimit": 0, "z": 1, "runOnSourceChange": "never"}',
        '{"name": "x", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}, "z": 1}',
    ),
    (
        "compact stays compact",
        "json",
        '{"backoffLimit":0,"runOnSourceChange":"never"}',
        '{"settings":{"backoffLimit":0,"runOnSourceChange":"never"}}',
    ),
    (
        "padding inside of braces",
        "json",
        '{ "backoffLimit" : 0 }',
        '{ "settings" : { "backoffLimit" : 0 } }',
    ),
    (
        "tabs, and the last key goes",
        "json",
        '{\n\t"backoffLimit": 0,\n\t"name": "x",\n\t"activeDeadlineSeconds": null\n}\n',
        (
            '{\n\t"settings": {\n\t\t"backoffLimit": 0,\n\t\t"activeDeadlineSeconds": null\n'
            '\t},\n\t"name": "x"\n}\n'
        ),
    ),
    (
        "CRLF and a BOM",
        "json",
        '\ufeff{\r\n  "backoffLimit": 0,\r\n  "name": "x"\r\n}\r\n',
        '\ufeff{\r\n  "settings": {\r\n    "backoffLimit": 0\r\n  },\r\n  "name": "x"\r\n}\r\n',
    ),
    (
        "comments travel, trailing commas stay",
        "jsonc",
        (
            '{\n  // file\n\n  // tries\n  "backoffLimit": 0, // none\n  "name": "x",\n'
            '  /* when */\n  "runOnSourceChange": "never",\n}'
        ),
        (
            '{\n  // file\n\n  "settings": {\n    // tries\n    "backoffLimit": 0, // none\n'
            "    /* when */\n"
            '    "runOnSourceChange": "never",\n  },\n  "name": "x",\n}'
        ),
    ),
    (
        "hybrid loses the outer copy",
        "json",
        '{\n  "settings": {\n    "backoffLimit": 0\n  },\n  "backoffLimit": 0\n}',
        '{\n  "settings": {\n    "backoffLimit": 0\n  }\n}',
    ),
    (
        "merged into settings that are there",
        "json",
        '{\n  "backoffLimit": 0,\n  "settings": {\n    "x": 1\n  }\n}',
        '{\n  "settings": {\n    "x": 1,\n    "backoffLimit": 0\n  }\n}',
    ),
    (
        "merged into empty settings",
        "json",
        '{"backoffLimit": 0, "settings": {}}',
        '{"settings": {"backoffLimit": 0}}',
    ),
    (
        "commas first",
        "jsonc",
        '{ "name": "x"\n, "backoffLimit": 0 // none\n, "z": 1\n}',
        '{ "name": "x"\n, "settings": { "backoffLimit": 0 } // none\n, "z": 1\n}',
    ),
    (
        "unknown values in a template",
        "json",
        '{"name": "{{ name }}", "backoffLimit": {{ tries | default(0) }}}',
        '{"name": "{{ name }}", "settings": {"backoffLimit": {{ tries | default(0) }}}}',
    ),
    (
        "comments travel; the head of the file stays",
        "yaml",
        (
            "# The nightly job\nbackoffLimit: 0 # none\nname: x\n\n# when\n"
            "runOnSourceChange: never\n\n# end\nz: 1\n"
        ),
        (
            "# The nightly job\nsettings:\n  backoffLimit: 0 # none\n  # when\n"
            "  runOnSourceChange: never\nname: x\n\n"
            "# end\nz: 1\n"
        ),
    ),
    (
        "the author's indentation, quoted keys, no newline at the end",
        "yaml",
        '"name": x\n"env":\n    a: 1\n"backoffLimit": 0',
        '"name": x\n"env":\n    a: 1\n"settings":\n    "backoffLimit": 0',
    ),
    (
        "CRLF",
        "yaml",
        "name: x\r\nbackoffLimit: 0\r\nz: 1\r\n",
        "name: x\r\nsettings:\r\n  backoffLimit: 0\r\nz: 1\r\n",
    ),
    (
        "block scalars, tags, anchors and aliases as values",
        "yaml",
        (
            "x: &n 3\nbackoffLimit: *n\nrunOnSourceChange: !!str |-\n  never\n"
            "activeDeadlineSeconds: &t 600\ny: *t\n"
        ),
        (
            "x: &n 3\nsettings:\n  backoffLimit: *n\n  runOnSourceChange: !!str |-\n    never\n"
            "  activeDeadlineSeconds: &t 600\ny: *t\n"
        ),
    ),
    (
        "flow settings in a block body; the comment goes above",
        "yaml",
        "settings: {x: 1}\nname: x\nbackoffLimit: 0  # none\n",
        "# none\nsettings: {x: 1, backoffLimit: 0}\nname: x\n",
    ),
    (
        "a flow body over lines",
        "yaml",
        "{\n  name: x,  # n\n  backoffLimit: 0,  # none\n  z: 1\n}\n",
        "{\n  name: x,  # n\n  settings: {\n    backoffLimit: 0 # none\n  },\n  z: 1\n}\n",
    ),
    (
        "hybrid with a comment",
        "yaml",
        "# f\n\nname: x\nbackoffLimit: 0 # none\nsettings:\n  backoffLimit: 0\n",
        "# f\n\nname: x\nsettings:\n  # none\n  backoffLimit: 0\n",
    ),
    (
        "a merge key that brings none of the keys",
        "yaml",
        "<<: &b {a: 1}\nbackoffLimit: 0\n",
        "<<: &b {a: 1}\nsettings:\n  backoffLimit: 0\n",
    ),
    (
        "plain spans in a template",
        "yaml",
        (
            "{{- if .x }}\nname: {{ .n }}\nenv:\n  {{- toYaml .env | nindent 2 }}\n"
            "backoffLimit: {{ .t }}\n{{- end }}\n"
        ),
        (
            "{{- if .x }}\nname: {{ .n }}\nenv:\n  {{- toYaml .env | nindent 2 }}\n"
            "settings:\n  backoffLimit: {{ .t }}\n"
            "{{- end }}\n"
        ),
    ),
]


@pytest.mark.parametrize(("title", "syntax", "before", "after"), CASES, ids=[case[0] for case in CASES])
def test_layout_is_the_authors(title: str, syntax: str, before: str, after: str) -> None:
    """The moved keys go into `settings`, and nothing else changes."""
    assert moved(before, syntax) == after
    assert move_edits(after, syntax, PUT) == []


def test_a_body_below_a_key_path() -> None:
    """Only the mapping at the path is edited, in a sequence item too."""
    before = "jobs:\n- backoffLimit: 0\n  name: é🙂\n- backoffLimit: 1\n  name: y\n"
    after = "jobs:\n- settings:\n    backoffLimit: 0\n  name: é🙂\n- backoffLimit: 1\n  name: y\n"

    assert moved(before, "yaml", at=("jobs", 0)) == after


def test_the_keys_of_a_scheduled_job_go_below_cron() -> None:
    """The cron twins move their keys into `settings.cron`, made or found."""
    before = dedent("""
        name: x
        schedule: "0 * * * *"
        backoffLimit: 0
        settings:
          cron:
            suspended: false
        concurrencyPolicy: forbid
    """)
    after = dedent("""
        name: x
        settings:
          cron:
            suspended: false
            schedule: "0 * * * *"
            concurrencyPolicy: forbid
          backoffLimit: 0
    """)

    assert moved(before, "yaml", CRON) == after
    assert moved('{"schedule": "* * * * *", "backoffLimit": 1}', "json", CRON) == (
        '{"settings": {"cron": {"schedule": "* * * * *"}, "backoffLimit": 1}}'
    )
    assert moved('{"suspended": true}', "json", PATCH_CRON) == '{"settings": {"cron": {"suspended": true}}}'


def test_numbers_that_do_not_survive_are_opaque() -> None:
    """Digits that a float would lose, and scalars that YAML versions read differently, stay text."""
    value = load('{"a": 1e400, "b": 0.10000000000000000001, "c": 1.10, "d": -0}', "json")

    assert [type(each).__name__ for each in value.values()] == ["Opaque", "Opaque", "float", "Opaque"]
    assert [type(each).__name__ for each in load("[yes, 0o17, 12:30, 2020-01-01, 1_0, a]", "yaml")] == [
        *["Opaque"] * 5,
        "str",
    ]


def test_aliases_do_not_explode() -> None:
    """A text whose aliases multiply is refused, quickly."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]

    with pytest.raises(ValueError, match="too many values"):
        load("\n".join(lines), "yaml")


NESTED = [
    "body:\n  name: x\n  backoffLimit: 3\nother: 1\n",
    "body:\n  backoffLimit: 3\nother: 1\n",
    "- body:\n    name: x\n    backoffLimit: 3\n  other: 1\n- 2\n",
    "- {body: {name: x, backoffLimit: 3, runOnSourceChange: never}, other: 1}\n",
    "body:\n  name: x\n  backoffLimit: 3 # why\n  # about the next\nother: 1\n",
    "body:\n  name: x\n  # a\n  backoffLimit: 3\n\n  activeDeadlineSeconds: 1\n\n# next\nother: 1\n",
    "body:\n  text: |+\n    a\n\n  backoffLimit: 3\nother: 1\n",
    "body:\n  backoffLimit: 3\n  text: |+\n    a\n\nother: 1\n",
    "body:\n  backoffLimit: &limit 3\n  name: x\nother: *limit\n",
    "limit: &limit 3\nbody:\n  backoffLimit: *limit\n  name: x\nother: 1\n",
    "body:\r\n  name: x\r\n  backoffLimit: 3\r\nother: 1\r\n",
    "body:\n  backoffLimit: 3",
    "body:\n  name: x\n  settings:\n    a: 1\n  backoffLimit: 3\nother:\n  - 1\n",
]


@pytest.mark.parametrize("text", NESTED)
def test_a_body_within_a_document_moves_alone(text: str) -> None:
    """Parsed by PyYAML, the whole document is the same but for the keys that moved."""
    before = yaml.safe_load(text)
    in_list = isinstance(before, list)
    at = (0, "body") if in_list else ("body",)
    after = apply(text, move_edits(text, "yaml", contract.PUT_MANUAL, at))
    holder = before[0] if in_list else before
    holder["body"] = contract.move_keys(contract.PUT_MANUAL, holder["body"])

    assert yaml.safe_load(after) == before


def test_a_block_in_a_long_text_is_proved_by_its_own_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body amid others needs no second look at the whole text, which would take time by the square."""
    looked_at: list[int] = []

    def parsed(text: str, syntax: str) -> Document:
        looked_at.append(len(text))
        return parse(text, syntax)

    monkeypatch.setattr(moves, "parse", parsed)
    plan = "billing: {deploymentPlan: nf-compute-20}"
    item = f"- put:\n    body:\n      name: x\n      {plan}\n      backoffLimit: 0\n"
    text = item * 20

    after = moved(text, "yaml", at=(7, "put", "body"))

    assert load(after, "yaml")[7]["put"]["body"][contract.SETTINGS] == {"backoffLimit": 0}
    assert looked_at[0] == len(text)
    assert max(looked_at[1:], default=0) < len(item) * 2
