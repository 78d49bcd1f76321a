"""Formats for machines, each judged by a program or a schema that is not ours."""

import json
import os
import re
import subprocess
from dataclasses import replace
from urllib.parse import unquote

import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from migrate.accounts import Accounts, change_of
from migrate.model import FileResult, Outcome, Run
from migrate.report import RENDERERS, RenderOptions, github
from migrate.report.units import units_of
from migrate.whereabouts import Whereabouts
from tests import tools
from tests.need import need
from tests.report import sample
from tests.repository import commit

NASTY = "we ird/%41,b:c\x1b\u202e\x00é🚀].py"
RUNS = {
    "everything": sample.everything(),
    "written": sample.everything(written=True),
    "nothing": sample.nothing(),
    "nasty": Run(
        "rewrite",
        (
            sample.deploy_result(NASTY),
            FileResult("b\udce9", Outcome.FAILED, "bad\x07"),
            FileResult("/abs", Outcome.SKIPPED, "r"),
        ),
    ),
}


def report(name, run, **options):
    """A report."""
    return RENDERERS[name](run, RenderOptions(**options))


def tied():
    """Two files that only change together."""
    one, two = sample.deploy_result("a.py"), sample.deploy_result("b.py")
    files = tuple(
        replace(each, uses=tuple(replace(use, group="g") for use in each.uses)) for each in (one, two)
    )
    return Run("rewrite", files)


# ── SARIF ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def multitool():
    """Microsoft's SARIF validator."""
    return tools.npm(tools.SARIF_MULTITOOL) / tools.SARIF_MULTITOOL.rsplit("@", 1)[0]


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("unicode", [True, False])
def test_sarif_follows_its_schema(multitool, name, unicode):
    """Every SARIF log is valid by the published schema."""
    schema = json.loads((multitool / "sarif-2.1.0.json").read_text(encoding="utf-8-sig"))
    Draft7Validator(schema).validate(json.loads(report("sarif", RUNS[name], unicode=unicode)))


@pytest.mark.parametrize("name", RUNS)
def test_sarif_satisfies_the_validator(multitool, name, tmp_path):
    """The published validator finds no error and no warning, beyond what the schema can say."""
    path = tmp_path / "report.sarif"
    path.write_text(report("sarif", RUNS[name]), encoding="utf-8")
    program = multitool / "Sarif.Multitool"
    program.chmod(0o755)
    command = [program, "validate", path, "--level", "Error", "Warning", "--kind", "Fail"]
    env = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    complaints = [line for line in done.stdout.splitlines() if re.search(r": (error|warning) ", line)]
    assert not complaints, "\n".join(complaints)
    assert "1 files scanned" in done.stdout


def sarif_results(run):
    """The results of a run."""
    return json.loads(report("sarif", run))["runs"][0]["results"]


@pytest.mark.parametrize("run", [RUNS["everything"], RUNS["nasty"], tied()])
def test_sarif_fixes_give_the_new_files(run):
    """Applying the fixes by line and code point gives the bytes that writing in place would give."""
    texts = {each.path: each.before.decode() for each in run.files if each.before is not None}
    replacements = set()
    for result in sarif_results(run):
        for fix in result.get("fixes", ()):
            for change in fix["artifactChanges"]:
                path = unquote(change["artifactLocation"]["uri"])
                for each in change["replacements"]:
                    region = tuple(each["deletedRegion"].values())
                    replacements.add((path, region, each.get("insertedContent", {}).get("text", "")))
    for path, (line, column, end_line, end_column), new in sorted(replacements, reverse=True):
        lines = texts[path].splitlines(keepends=True)
        start = sum(map(len, lines[: line - 1])) + column - 1
        end = sum(map(len, lines[: end_line - 1])) + end_column - 1
        texts[path] = texts[path][:start] + new + texts[path][end:]
    for each in run.files:
        if change_of(each):
            assert texts[each.path].encode() == each.after


def test_sarif_offers_fixes_only_for_rewrites():
    """What is held back, failed, accepted, for a person or already written carries no fix."""
    for result in sarif_results(RUNS["everything"]):
        assert ("fixes" in result) == (result["properties"]["state"] == "rewrite")
        assert ("suppressions" in result) == (result["properties"]["state"] == "accepted")
    assert not any("fixes" in result for result in sarif_results(RUNS["written"]))


def test_sarif_fix_is_all_or_nothing():
    """A fix of uses that are tied across files holds the edits of all of them."""
    fixes = [result["fixes"][0]["artifactChanges"] for result in sarif_results(tied())]
    assert len(fixes) == 4
    assert all(len(changes) == 2 for changes in fixes)


# ── reviewdog ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["everything", "written", "nasty"])
def test_rdjsonl_satisfies_the_validator(name, tmp_path):
    """A validator of the format accepts every line, strictly."""
    folder = tools.npm(tools.RDFORMAT_VALIDATOR) / "@umbrelladocs/rdformat-validator"
    for number, line in enumerate(report("rdjsonl", RUNS[name]).splitlines()):
        path = tmp_path / f"{number}.json"
        path.write_text(line, encoding="utf-8")
        command = [need("node"), folder / "bin/rdformat-validator.js", "--strict", "--no-extra-fields", path]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def reviewdog(folder, diagnostics, mode="nofilter"):
    """What reviewdog makes of diagnostics in a repository, as its own JSON lines."""
    command = [tools.go_program(tools.REVIEWDOG), "-f=rdjsonl", "-reporter=rdjson", f"-filter-mode={mode}"]
    command += ["-tee=false", "-fail-level=none", "-diff=git diff"]
    done = subprocess.run(command, cwd=folder, input=diagnostics, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["diagnostics"]


def test_reviewdog_reads_every_line(tmp_path):
    """The program reviewdog reads all diagnostics with their suggestions."""
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    run = RUNS["everything"]
    for each in run.files:
        if each.before:
            path = tmp_path / each.path
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(each.before)
    lines = report("rdjsonl", run)
    found = reviewdog(tmp_path, lines)
    assert len(found) == len(lines.splitlines()) == 5
    sent = [json.loads(line) for line in lines.splitlines()]
    assert sorted(each["message"] for each in found) == sorted(each["message"] for each in sent)
    suggested = [each["suggestions"] for each in found if each.get("suggestions")]
    assert suggested == [each["suggestions"] for each in sent if each.get("suggestions")]


def test_reviewdog_counts_paths_from_where_it_runs(tmp_path):
    """In a subfolder, it finds the lines of a diff by paths relative to it: as docs/reports.md says."""
    each = sample.deploy_result("a.py")
    folder = commit(tmp_path / "repo", {"sub/a.py": ""})
    (folder / "sub" / "a.py").write_bytes(each.before)
    lines = report("rdjsonl", Run("rewrite", (each,)), where=Whereabouts(str(folder), "sub"))
    found = reviewdog(folder / "sub", lines, "added")
    assert len(found) == len(lines.splitlines())


def utf8_apply(text, suggestion):
    """The text with a suggestion applied, columns counted in bytes of UTF-8."""
    data = text.encode()
    lines = data.splitlines(keepends=True)
    start, end = suggestion["range"]["start"], suggestion["range"]["end"]
    first = sum(map(len, lines[: start["line"] - 1])) + start["column"] - 1
    last = sum(map(len, lines[: end["line"] - 1])) + end["column"] - 1
    return (data[:first] + suggestion["text"].encode() + data[last:]).decode()


def test_rdjsonl_suggestions_give_the_new_file():
    """Suggestions, applied by bytes from the end, give the bytes that writing in place would give."""
    file = sample.deploy_result()
    text = file.before.decode()
    found = [json.loads(line) for line in report("rdjsonl", Run("rewrite", (file,))).splitlines()]
    for each in reversed(found):
        for suggestion in each.get("suggestions", ()):
            text = utf8_apply(text, suggestion)
    assert text.encode() == file.after


def test_rdjsonl_columns_count_bytes():
    """A place after characters beyond ASCII has its column in bytes."""
    first = json.loads(report("rdjsonl", RUNS["everything"]).splitlines()[0])
    line = sample.DEPLOY.splitlines()[7].encode()
    start, end = (first["location"]["range"][side]["column"] - 1 for side in ("start", "end"))
    assert line[start:end].decode() == sample.OLD


def test_rdjsonl_never_suggests_half_a_change():
    """Uses tied across files get no suggestion, and say which other file changes."""
    found = [json.loads(line) for line in report("rdjsonl", tied()).splitlines()]
    assert not any("suggestions" in each for each in found)
    assert "b.py" in found[0]["message"]


def test_rdjsonl_suggests_a_tied_change_once():
    """Uses tied within a file are one suggestion, at the first of them."""
    file = sample.deploy_result()
    file = replace(file, uses=tuple(replace(use, group="g") for use in file.uses))
    first, second = (json.loads(line) for line in report("rdjsonl", Run("rewrite", (file,))).splitlines())
    assert utf8_apply(file.before.decode(), first["suggestions"][0]).encode() == file.after
    assert "suggestions" not in second


# ── GitHub ───────────────────────────────────────────────────────────────────────────────────

COMMAND = re.compile(r"::(?P<name>error|warning|notice) (?P<properties>[^:]*)::(?P<data>.*)")


def runner_reads(line):
    """What the Actions runner makes of a command line: name, properties, data (ActionCommand.cs)."""
    found = COMMAND.fullmatch(line)
    assert found, line
    properties = dict(pair.split("=", 1) for pair in found["properties"].split(","))
    marks = [("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")]
    unescaped = {key: unescape(value, marks) for key, value in properties.items()}
    return found["name"], unescaped, unescape(found["data"], [marks[0], marks[1], marks[4]])


def unescape(text, marks):
    """The text with each mark replaced, in order."""
    for mark, char in marks:
        text = text.replace(mark, char)
    return text


@given(
    value=st.text(alphabet="a%25:,0ADC3\r\n é", max_size=12),
    data=st.text(alphabet="%0AD25:\r\n,", max_size=12),
)
def test_workflow_commands_survive_the_runner(value, data):
    """Whatever a property or message holds, the runner reads one command with exactly that."""
    line = github.command("warning", {"file": value, "line": 1}, data)
    assert "\n" not in line
    assert "\r" not in line
    assert runner_reads(line) == ("warning", {"file": value, "line": "1"}, data)


def test_workflow_commands_name_every_use():
    """There is a command for every use nobody accepted; failures and people's work come first."""
    lines = [runner_reads(line) for line in report("github", RUNS["everything"]).splitlines()]
    assert [name for name, _, _ in lines] == ["error", "warning", "warning", "warning", "notice"]
    assert lines[1][1]["file"] == "web/api <client>&co.ts"
    places = {(each["file"], int(each["line"]), int(each["col"])) for _, each, _ in lines}
    assert places == {(use.path, use.line, use.column) for use, _, _ in Accounts.of(RUNS["everything"]).open}


def test_workflow_commands_cannot_be_forged():
    """A path with a newline and a command in it stays inside its own command."""
    (file,) = RUNS["nasty"].files[:1]
    path = "a\n::stop-commands::x\n.py"
    uses = tuple(replace(use, path=path) for use in file.uses)
    lines = report("github", Run("scan", (replace(file, path=path, uses=uses),))).splitlines()
    assert all(line.startswith("::warning ") for line in lines)


# ── GitLab ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", RUNS)
def test_gitlab_report_has_the_demanded_fields(name):
    """Each issue has what GitLab's documentation demands, with unique fingerprints."""
    found = json.loads(report("gitlab", RUNS[name]))
    for each in found:
        assert each["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not each["location"]["path"].startswith("./")
        assert each["location"]["lines"]["begin"] >= 1
        assert "\n" not in each["description"]
    assert len({each["fingerprint"] for each in found}) == len(found)


def test_gitlab_report_has_the_published_types(tmp_path):
    """The TypeScript compiler accepts the report as Code Climate issues by published types."""
    modules = tools.npm(tools.CODECLIMATE_TYPES, tools.TYPESCRIPT)
    text = report("gitlab", RUNS["everything"])
    source = f'import type {{ Issue }} from "codeclimate-types"\nexport const report: Issue[] = {text}'
    (tmp_path / "report.ts").write_text(source, encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(modules)
    command = [need("node"), modules / "typescript/lib/tsc.js", "--noEmit", "--strict", "report.ts"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


# ── JUnit ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def junit_schema():
    """The schema of Jenkins' xUnit plugin."""
    folder = tools.python_sources(tools.PYTEST_SOURCES)
    return xmlschema.XMLSchema(folder / "testing/example_scripts/junit-10.xsd")


@pytest.mark.parametrize("name", RUNS)
@pytest.mark.parametrize("unicode", [True, False])
def test_junit_follows_its_schema(junit_schema, name, unicode, tmp_path):
    """Every JUnit report is valid by the schema, and its counts are those of its cases."""
    path = tmp_path / "report.xml"
    path.write_text(report("junit", RUNS[name], unicode=unicode), encoding="utf-8")
    junit_schema.validate(path)
    root = xmlschema.XMLResource(path).root
    for attribute, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
        assert int(root.get(attribute)) == len(root.findall(f".//{tag}"))


def test_junit_verdicts():
    """Open uses fail, failures are errors, accepted and skipped ones are skipped, the rest passes."""
    text = report("junit", RUNS["everything"])
    assert text.count("<failure") == 4
    assert text.count("<error") == 1
    assert text.count("<skipped") == 3
    assert report("junit", RUNS["written"]).count("<failure") == 2


# ── patch ────────────────────────────────────────────────────────────────────────────────────


def test_patch_is_what_writing_would_do(tmp_path):
    """Git takes the patch, and every file is then as writing in place would leave it."""
    for each in RUNS["everything"].files:
        if each.before is not None:
            path = tmp_path / each.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(each.before)
    patch = report("patch", RUNS["everything"]).encode("utf-8", "surrogateescape")
    for option in (["--check"], []):
        subprocess.run(["git", "apply", *option, "-"], cwd=tmp_path, input=patch, check=True)
    for each in RUNS["everything"].files:
        if change_of(each):
            assert (tmp_path / each.path).read_bytes() == each.after


def test_units_leave_nothing_out():
    """Every use that would be rewritten belongs to exactly one unit, which holds its edits."""
    run = tied()
    units = units_of(run, Accounts.of(run))
    assert len(units) == 4
    assert all(set(run.uses[index].edits) <= set(unit.edits) for index, unit in units.items())


@pytest.mark.parametrize("name", ["sarif", "github", "gitlab"])
@pytest.mark.parametrize(
    ("path", "expected"),
    [("a.py", "sub/dir/a.py"), ("/top/other/a.py", "other/a.py"), ("/else/a.py", "/else/a.py")],
)
def test_code_hosts_get_paths_from_the_top(name, path, expected):
    """Formats for code hosts name files from the repository's top, wherever in it the command runs."""
    run = Run("rewrite", (sample.deploy_result(path),))
    text = report(name, run, where=Whereabouts("/top", "sub/dir"))
    named = {
        "sarif": r'"uri": "(?:file://)?([^"]+)"',
        "github": r"file=([^,]+),",
        "gitlab": r'"path": "([^"]+)"',
    }
    assert set(re.findall(named[name], text)) == {expected}
