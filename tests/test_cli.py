"""The command as people and pipelines see it: output, messages, exit statuses, ways of going wrong."""

import json
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from migrate import __version__, cli, contract, errors, execute, pipeline, verify
from migrate.kinds import KINDS
from migrate.progress import progress
from migrate.report import RENDERERS
from tests.need import need
from tests.repository import commit, git, write

ROOT = Path(__file__).resolve().parent.parent
URL = f"{contract.BASE_URL}/v1/projects/shop{contract.PUT_MANUAL.old_path}"
OLD = f'''import requests

requests.put(
    "{URL}",
    json={{"name": "nightly", "backoffLimit": 0}},  # größer
)
'''
NEW = OLD.replace("/jobs/manual", "/jobs").replace('"backoffLimit": 0', '"settings": {"backoffLimit": 0}')
REVIEW = f'''import requests

requests.put("{URL}", json=unknown())
'''
CLEAN = "x = 1\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder as the current directory."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def invoke(*arguments: str, data: bytes | None = None) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(cli.main, arguments, input=data)


def run(
    *arguments: str, data: bytes | None = None, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "migrate", *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        input=data,
        capture_output=True,
        check=False,
    )


# What must not happen


@pytest.mark.parametrize("arguments", [("scan",), ("rewrite",), ("rewrite", "--patch", "../saved.patch")])
def test_nothing_is_written_unasked(here: Path, arguments: Sequence[str]) -> None:
    """Without --write no file changes, is created or goes away, not even in git's data."""
    commit(here, {"a.py": OLD, "b.py": REVIEW})

    def state() -> dict[str, tuple[bytes, int]]:
        return {
            str(each): (each.read_bytes(), each.stat().st_mtime_ns)
            for each in here.rglob("*")
            if each.is_file()
        }

    before = state()
    assert invoke(*arguments).exit_code == 1
    assert state() == before


BAD = [
    (("scan", "missing.py"), 2, "missing.py: No such file or directory"),
    (("scan", "--frobnicate"), 2, "No such option"),
    (("frobnicate",), 2, "No such command"),
    (("scan", "--format", "pdf"), 2, "'pdf' is not one of"),
    (("scan", "--jobs", "0"), 2, "0 is not in the range"),
    (("scan", "--color", "red"), 2, "'red' is not one of"),
    (("scan", "--target-path", "jobs"), 2, "not a path"),
    (("scan", "--target-path", "/jobs?x"), 2, "not a path"),
    (("scan", "--write"), 2, "No such option"),
    (("rewrite", "--force"), 2, "--force is for --write"),
    (("scan", "-"), 2, "--stdin-filename"),
    (("scan", "-", "."), 2, "stands alone"),
    (("scan", "--output", "missing/x"), 2, "missing/x can't be written"),
    (("rewrite", "--patch", "missing/x"), 2, "missing/x can't be written"),
    (("explain", "htttp-call"), 2, "Did you mean `http-call`?"),
    (("rewrite", "--write"), 2, "not in a git repository"),
    (("scan", "empty"), 3, "There is no file to look at in empty"),
]


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    BAD,
    ids=lambda each: " ".join(map(str, each))[:40] if isinstance(each, tuple) else "",
)
def test_bad_input(here: Path, arguments: Sequence[str], status: int, message: str) -> None:
    """What can't be done is said on standard error, with the status and without a traceback."""
    write(here, {"a.py": OLD})
    (here / "empty").mkdir()
    result = invoke(*arguments)

    assert result.exit_code == status
    assert message in " ".join(result.stderr.split())
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert (here / "a.py").read_text() == OLD


def test_no_place_to_stand(here: Path) -> None:
    """A current directory that is gone, and a closed standard input, are said in words."""
    gone = here / "gone"
    gone.mkdir()
    os.chdir(gone)
    gone.rmdir()
    result = invoke("scan")
    assert (result.exit_code, result.stderr.splitlines()[0]) == (
        2,
        "nf-migrate: The current directory is not there any more.",
    )

    os.chdir(here)
    command = f"{shlex.quote(sys.executable)} -m migrate scan - --stdin-filename a.py <&-"
    done = subprocess.run(
        ["sh", "-c", command], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith(b"nf-migrate: Standard input is closed.")


def test_a_fault_of_the_tool(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An error that nobody foresaw is called the tool's own fault, with status 4."""
    write(here, {"a.py": OLD})

    def broken(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(pipeline, "run", broken)
    result = invoke("scan")

    assert result.exit_code == 4
    assert "its own fault: ZeroDivisionError('oh')" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("command", [("scan",), ("rewrite",), ("rewrite", "--write", "--force")])
def test_a_failed_check_keeps_both_texts(
    here: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    """What failed the check is left alone and called the tool's fault; both texts are saved."""
    write(here, {"sub/a.py": OLD, "b.py": CLEAN})

    def broken(*_: object) -> None:
        raise verify.VerificationError("it sends something else")

    monkeypatch.setattr(verify, "check", broken)
    monkeypatch.setattr("tempfile.tempdir", str(here.parent))
    result = invoke(*command, "--format", "json")

    assert result.exit_code == 4
    assert (here / "sub/a.py").read_text(encoding="utf-8") == OLD
    reasons = {each["path"]: each for each in json.loads(result.stdout)["files"]}
    assert reasons["sub/a.py"]["outcome"] == "failed"
    assert "nf-migrate's fault: it sends something else" in reasons["sub/a.py"]["reason"]
    (kept,) = here.parent.glob("nf-migrate-failed-*")
    assert str(kept) in result.stderr
    assert {each.name: each.read_text(encoding="utf-8") for each in kept.iterdir()} == {
        "1-a.py.before": OLD,
        "1-a.py.after": NEW,
    }


def test_interrupted(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt ends with 130 and one word."""
    write(here, {"a.py": OLD})

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "run", interrupted)
    result = invoke("scan")

    assert result.exit_code == 130
    assert result.stderr.split() == ["Interrupted."]


def test_interrupted_for_real(here: Path) -> None:
    """SIGINT while standard input is read ends with 130, without a traceback."""
    command = [sys.executable, "-m", "migrate", "scan", "-", "--stdin-filename", "a.py"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"#" * 10_000_000)  # more than a pipe holds: it returns once the program reads
        process.stdin.flush()
        process.send_signal(signal.SIGINT)
        output, errors_said = process.communicate()

    assert process.returncode == 130
    assert output == b""
    assert errors_said.split() == [b"Interrupted."]


def test_a_reader_that_goes_away(here: Path) -> None:
    """A closed pipe ends the output quietly, with the status of what was found."""
    for number in range(200):
        write(here, {f"{number}.py": OLD})
    command = [sys.executable, "-m", "migrate", "scan", "--format", "json", "--jobs", "1"]
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as closed:  # noqa: PTH123 (a descriptor)
        done = subprocess.run(
            command,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.stderr == b""
    assert done.returncode == 1


def test_a_full_disk(here: Path) -> None:
    """A result that can't be written is an error, not silence."""
    write(here, {"a.py": OLD})
    with open("/dev/full", "wb") as full:  # noqa: PTH123 (a device)
        done = subprocess.run(
            [sys.executable, "-m", "migrate", "scan"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.returncode == 4
    assert done.stderr == b"nf-migrate: The result can't be written: No space left on device.\n"


@pytest.mark.parametrize("form", RENDERERS)
def test_hostile_names(here: Path, form: str) -> None:
    """Every format stands any file name, on a terminal without UTF-8, too; none reaches a terminal raw."""
    names = [
        os.fsdecode(b"latin-\xe9.py"),
        "new\nline.py",
        "quo\"te`'.py",
        "größe.py",
        "[red]x[/].py",
        "\x1b[31m.py",
    ]
    commit(here, dict.fromkeys(names, OLD))
    for environment in ({}, {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}):
        done = run("rewrite", "--format", form, "--jobs", "1", environment=environment)

        assert done.stderr == b""
        assert done.returncode == 1
        assert form != "text" or b"\x1b" not in done.stdout


MEANT_FOR_LATER = ("asyncio", "ast_grep_py", "httpx", "libcst", "multiprocessing", "rich", "yaml", "pathspec")


@pytest.mark.parametrize("arguments", ["['--version']", "['scan', '--format', 'json']"])
def test_heavy_modules_are_imported_late(here: Path, arguments: str) -> None:
    """The version, and a search that finds nothing, need no parser and no renderer."""
    write(here, {"a.py": CLEAN})
    program = (
        "import sys\nfrom migrate import cli\n"
        f"try: cli.main({arguments})\n"
        f"finally: print([each for each in {MEANT_FOR_LATER} if each in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "[]"


# Exit statuses

CASES: list[tuple[dict[str, str], dict[str, int]]] = [
    ({"a.py": CLEAN}, {"scan": 0, "rewrite": 0, "rewrite --write": 0}),
    ({"a.py": "route = '/jobs/manual'\n"}, {"scan": 0, "rewrite": 0, "rewrite --write": 0}),
    ({"a.py": OLD}, {"scan": 1, "rewrite": 1, "rewrite --write": 0}),
    ({"a.py": REVIEW}, {"scan": 1, "rewrite": 1, "rewrite --write": 1}),
    ({"a.py": OLD, "b.py": REVIEW}, {"scan": 1, "rewrite": 1, "rewrite --write": 1}),
    ({".gitignore": "*\n"}, {"scan .git/info": 3}),
]


@pytest.mark.parametrize("form", RENDERERS)
@pytest.mark.parametrize("case", range(len(CASES)))
def test_exit_status(here: Path, form: str, case: int) -> None:
    """The status tells what was found and done, whatever the format."""
    files, expected = CASES[case]
    for command, status in expected.items():
        shutil.rmtree(here / ".git", ignore_errors=True)
        commit(here, dict(files))
        shutil.rmtree(here / ".git/info", ignore_errors=True)
        (here / ".git/info").mkdir()
        result = invoke(*command.split(), "--format", form)

        assert (command, result.exit_code) == (command, status), result.output
        assert invoke(*command.split(), "--format", form, "--exit-zero").exit_code == (
            status if status > 1 else 0
        )


def test_a_failed_file_outranks_uses(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One failed file makes the status 4, uses or not, with --exit-zero too; the others are reported."""
    commit(here, {"a.py": OLD, "b.py": REVIEW})
    real = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "b.py":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    result = invoke("scan", "--format", "json", "--jobs", "1", "--exit-zero")
    outcomes = {each["path"]: each["outcome"] for each in json.loads(result.stdout)["files"]}

    assert result.exit_code == 4
    assert outcomes == {"a.py": "would-rewrite", "b.py": "failed"}


def test_a_named_file_is_always_reported(here: Path) -> None:
    """A file that the user names has an outcome even if there is nothing in it."""
    write(here, {"a.py": CLEAN})
    result = invoke("scan", "--format", "json", "a.py")

    assert result.exit_code == 0
    assert [each["outcome"] for each in json.loads(result.stdout)["files"]] == ["clean"]


# Rewriting


def test_rewrite(here: Path) -> None:
    """The dry run shows the diff; --write makes it; afterwards there is nothing left to do."""
    commit(here, {"a.py": OLD})
    shown = invoke("rewrite")
    assert '-    "https://api.northflank.com/v1/projects/shop/jobs/manual",' in shown.stdout
    assert '+    "https://api.northflank.com/v1/projects/shop/jobs",' in shown.stdout
    assert (here / "a.py").read_text() == OLD

    written = invoke("rewrite", "--write")
    assert written.exit_code == 0
    assert (here / "a.py").read_text() == NEW

    git(here, "commit", "--quiet", "--all", "--message=Migrated")
    again = invoke("rewrite", "--write")
    assert again.exit_code == 0
    assert (here / "a.py").read_text() == NEW


def test_dirty_tree_and_force(here: Path) -> None:
    """--write refuses uncommitted changes with the way out; --force is that way."""
    commit(here, {"a.py": OLD, "b.py": CLEAN})
    write(here, {"b.py": "y = 1\n"})
    refused = invoke("rewrite", "--write")
    assert refused.exit_code == 2
    assert "uncommitted changes: b.py" in refused.stderr
    assert "--force" in refused.stderr
    assert (here / "a.py").read_text() == OLD

    assert invoke("rewrite", "--write", "--force").exit_code == 0
    assert (here / "a.py").read_text() == NEW


@pytest.mark.parametrize("way", ["--patch", "--format patch"])
def test_patch(here: Path, way: str) -> None:
    """A patch, saved or printed, gives with git what --write gives, from a subfolder as well."""
    os.chdir(commit(here, {"sub/ä b.py": OLD.replace("\n", "\r\n"), "c.py": OLD.rstrip()}) / "sub")
    arguments = (
        ("--patch", "../../saved") if way == "--patch" else ("--format", "patch", "--output", "../../saved")
    )
    assert invoke("rewrite", "..", *arguments).exit_code == 1
    git(here, "apply", "../saved")
    applied = {path: (here / path).read_bytes() for path in ("sub/ä b.py", "c.py")}
    git(here, "apply", "-R", "../saved")
    assert git(here, "status", "--porcelain") == b""

    assert invoke("rewrite", "..", "--write").exit_code == 0
    assert {path: (here / path).read_bytes() for path in applied} == applied
    assert applied["sub/ä b.py"].decode() == NEW.replace("\n", "\r\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_standard_input(here: Path, newline: str) -> None:
    """From standard input the diff, or with --write the new text, goes to standard output, byte for byte."""
    old, new = (text.replace("\n", newline).encode() for text in (OLD, NEW))
    diff = run("rewrite", "-", "--stdin-filename", "sub/a.py", data=old)
    assert diff.returncode == 1
    assert diff.stdout.startswith(b"diff --git a/sub/a.py b/sub/a.py\n")
    write(here, {"sub/a.py": old})
    git(here, "apply", "-", data=diff.stdout)
    assert (here / "sub/a.py").read_bytes() == new

    written = run("rewrite", "-", "--stdin-filename", "a.py", "--write", data=old)
    assert (written.returncode, written.stdout) == (0, new)


def test_standard_input_for_a_person(here: Path) -> None:
    """What can't be rewritten comes out as it went in, with a word on standard error."""
    data = REVIEW.encode()
    written = run("rewrite", "-", "--stdin-filename", "a.py", "--write", data=data)
    assert (written.returncode, written.stdout) == (1, data)
    assert written.stderr.startswith(b"a.py:3:1: ")

    clean = run("rewrite", "-", "--stdin-filename", "a.py", "--write", data=b"x = 1")
    assert (clean.returncode, clean.stdout, clean.stderr) == (0, b"x = 1", b"")
    scanned = run("scan", "-", "--stdin-filename", "a.py", "--format", "json", data=data)
    assert [use["path"] for use in json.loads(scanned.stdout)["uses"]] == ["a.py"]


def test_target_path(here: Path) -> None:
    """--target-path is where requests are sent."""
    commit(here, {"a.py": OLD})
    assert invoke("rewrite", "--write", "--target-path", "/jobs/put-job").exit_code == 0

    assert "/projects/shop/jobs/put-job" in (here / "a.py").read_text()


def test_a_template_node_is_told_and_fails_nothing(here: Path) -> None:
    """What the vendor has not deprecated is a notice: shown, exit status 0, a task only with --templates."""
    node = {"kind": "Workflow", "spec": {"steps": [{"kind": "ManualJob", "spec": {"backoffLimit": 0}}]}}
    commit(here, {"template.json": json.dumps(node)})
    scan = invoke("scan")

    assert scan.exit_code == 0
    assert "template-node" in scan.stdout
    assert invoke("scan", "--templates").exit_code == 1


def test_definitions_of_the_settings_are_relative_to_their_file(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Patterns of a settings file mean the same files wherever the command is run."""
    (here / "pyproject.toml").write_text('[tool.nf-migrate]\ndefinitions = ["jobs/*.json"]\n')
    for folder in ("jobs", "deploy/jobs"):
        (here / folder).mkdir(parents=True)
        (here / folder / "a.json").write_text('{"name": "x", "backoffLimit": 0}\n')
    monkeypatch.chdir(here / "deploy")

    assert invoke("rewrite", "--write", "--force", "..").exit_code == 0
    assert "settings" in (here / "jobs/a.json").read_text()
    assert "settings" not in (here / "deploy/jobs/a.json").read_text()


def test_definitions(here: Path) -> None:
    """A file that --definitions names is migrated though it does not name the endpoint."""
    body = {"name": "nightly", "billing": {"deploymentPlan": "nf-compute-20"}, "backoffLimit": 0}
    commit(here, {"jobs/nightly.json": json.dumps(body), "other.json": json.dumps(body)})
    assert invoke("rewrite").exit_code == 0

    assert invoke("rewrite", "--write", "--definitions", "jobs/*.json").exit_code == 0
    assert json.loads((here / "jobs/nightly.json").read_text())["settings"] == {"backoffLimit": 0}
    assert json.loads((here / "other.json").read_text()) == body


def test_utf_16(here: Path) -> None:
    """A file in UTF-16 is examined by its text, and stays in UTF-16."""
    commit(here, {"call.txt": f"# Northflank\nPUT {URL}\n".encode("utf-16")})
    uses = json.loads(invoke("scan", "--format", "json").stdout)["uses"]

    assert [(use["path"], use["line"]) for use in uses] == [("call.txt", 2)]


def test_the_same_for_any_number_of_jobs(here: Path) -> None:
    """Output and order are the same for one process and for several."""
    commit(here, {f"{number}.py": (OLD, REVIEW, CLEAN)[number % 3] for number in range(60)})
    one, many = (invoke("rewrite", "--format", "json", "--jobs", jobs) for jobs in ("1", "3"))

    assert one.exit_code == 1
    assert one.stdout == many.stdout


def test_exclude(here: Path) -> None:
    """Patterns of the command line are relative to here, those of a file to its folder."""
    commit(here, {"sub/a.py": OLD, "b.py": OLD, ".nf-migrate.toml": "exclude = ['/b.py']\n"})

    def found(*arguments: str) -> list[str]:
        return sorted(
            {use["path"] for use in json.loads(invoke("scan", "--format", "json", *arguments).stdout)["uses"]}
        )

    assert found() == ["sub/a.py"]
    assert found("--exclude", "sub/") == ["b.py"]
    os.chdir(here / "sub")
    assert found("..") == ["a.py"]
    assert found("..", "--exclude", "/a.py") == [str(here / "b.py")]


# Output and messages


def test_results_and_messages_are_apart(here: Path) -> None:
    """Notes go to standard error, and --quiet silences them; the report has them anyway."""
    commit(here, {".gitignore": "out\n", "out/a.py": OLD})
    git(here, "rm", "--quiet", "--cached", "out/a.py")
    loud, quiet = (
        invoke("scan", "out", "--format", "json"),
        invoke("scan", "out", "--format", "json", "--quiet"),
    )

    assert "note: git ignores out" in loud.stderr
    assert quiet.stderr == ""
    assert json.loads(loud.stdout) == json.loads(quiet.stdout)
    assert "git ignores out" in json.loads(loud.stdout)["notes"][0]


def test_output_file(here: Path) -> None:
    """--output holds what would have been printed, in UTF-8."""
    commit(here, {"größe.py": OLD})
    printed = invoke("rewrite").stdout
    assert invoke("rewrite", "--output", "../report.txt").stdout == ""

    assert (here.parent / "report.txt").read_text("utf-8") == printed


@pytest.mark.parametrize(
    ("setting", "environment", "to_terminal", "expected"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"TERM": "dumb"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {}, True, False),
    ],
)
def test_when_to_use_colours(
    setting: str, environment: dict[str, str], *, to_terminal: bool, expected: bool
) -> None:
    """A setting outranks NO_COLOR, which counts when it is not empty, which outranks the terminal."""
    assert execute.wants_color(setting, environment, to_terminal=to_terminal) == expected


def test_colours(here: Path) -> None:
    """Piped output has no escape sequences unless they are asked for."""
    commit(here, {"a.py": OLD})

    assert b"\x1b[" not in run("rewrite").stdout
    assert b"\x1b[" in run("rewrite", "--color", "always").stdout


def test_on_a_terminal(here: Path) -> None:
    """On a terminal there are colours, and none with NO_COLOR."""
    commit(here, {"a.py": OLD})

    def shown(environment: dict[str, str]) -> bytes:
        leader, follower = pty.openpty()
        variables = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        with subprocess.Popen(
            [sys.executable, "-m", "migrate", "scan", "--jobs", "1"],
            env={**variables, "PYTHONPATH": str(ROOT), "TERM": "xterm", **environment},
            stdout=follower,
            stderr=follower,
        ) as process:
            os.close(follower)
            output = b""
            try:
                while chunk := os.read(leader, 65536):
                    output += chunk
            except OSError:  # the other end is closed
                pass
            process.wait()
        os.close(leader)
        return output

    assert b"\x1b[" in shown({})
    assert b"\x1b[" not in shown({"NO_COLOR": "1"})


class _Terminal:
    """A stream that says it is a terminal and keeps what is written."""

    encoding = "utf-8"

    def __init__(self, *, is_terminal: bool) -> None:
        self.is_terminal = is_terminal
        self.text = ""

    def isatty(self) -> bool:
        return self.is_terminal

    def write(self, text: str) -> int:
        self.text += text
        return len(text)

    def flush(self) -> None:
        return


@pytest.mark.parametrize(
    ("is_terminal", "quiet", "seconds", "drawn"),
    [
        (True, False, 2.0, True),
        (True, False, 0.0, False),
        (True, True, 2.0, False),
        (False, False, 2.0, False),
    ],
)
def test_progress(*, is_terminal: bool, quiet: bool, seconds: float, drawn: bool) -> None:
    """A bar is drawn on a terminal, when it takes long, unless quiet."""
    terminal = _Terminal(is_terminal=is_terminal)
    times = iter([0.0, *[seconds] * 9])
    with progress(terminal, lambda: next(times), quiet=quiet) as on_progress:  # type: ignore[arg-type]
        for done in (1, 2, 3):
            on_progress(done, 3)

    assert ("Examining" in terminal.text) == drawn
    assert drawn or terminal.text == ""


def test_version() -> None:
    """--version says name and version, also as python -m migrate."""
    assert invoke("--version").stdout == f"nf-migrate {__version__}\n"
    assert run("--version").stdout.decode() == f"nf-migrate {__version__}\n"


def test_explain() -> None:
    """Every kind is listed and explained, with its example."""
    listed = invoke("explain").stdout
    assert [line.split()[0] for line in listed.splitlines()] == list(KINDS)
    for name, kind in KINDS.items():
        text = invoke("explain", name).stdout
        assert " ".join(kind.why.split()) in " ".join(text.split())
        assert all(line.strip() in text for line in f"{kind.before}\n{kind.after}".splitlines())


def test_a_command_whose_modules_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command of an extra that is not installed is listed, and says what to install."""
    monkeypatch.setitem(cli._COMMANDS, "proxy", ("migrate.broken", "proxy", "proxy"))
    monkeypatch.setattr(cli, "_is_there", lambda _: True)
    real = cli.importlib.import_module

    def missing(name: str) -> object:
        if name == "migrate.broken":
            raise ModuleNotFoundError("No module named 'granian'", name="granian")
        return real(name)

    monkeypatch.setattr(cli.importlib, "import_module", missing)
    result = invoke("proxy", "--listen", "127.0.0.1:0", "--help")

    assert result.exit_code == 2
    assert "needs the module granian" in result.stderr
    assert "pip install '.[proxy]'" in result.stderr
    assert re.search(r"proxy +Not installed: the extra \[proxy\]", invoke("--help").stdout)


def test_statuses_are_documented() -> None:
    """docs/exit-codes.md has a row for each status that the program can end with, and no other."""
    text = (ROOT / "docs/exit-codes.md").read_text("utf-8")
    known = {value for name, value in vars(errors).items() if name.startswith("EXIT_")} | {
        cli.EXIT_INTERRUPTED
    }

    assert {int(found) for found in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)} == known


def _commands() -> dict[str, Callable[..., object]]:
    return {name: cli.main.get_command(None, name) for name in ("scan", "rewrite", "explain")}  # type: ignore[arg-type,misc]


def test_options_are_documented() -> None:
    """docs/cli.md speaks of every option of every command, and of no option that is not there."""
    text = (ROOT / "docs/cli.md").read_text("utf-8")
    real = {
        name
        for command in _commands().values()
        for each in command.params
        for name in (*each.opts, *each.secondary_opts)
    }  # type: ignore[attr-defined]
    real = {name for name in real if name.startswith("--")} | {"--help", "--version", "--traceback"}
    prose = re.sub(r"<!-- generated.*?<!-- end -->", "", text, flags=re.DOTALL)
    spoken_of = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", prose))

    assert real - spoken_of == set()
    assert spoken_of - real == set()


def test_ripgrep_agrees(here: Path) -> None:
    """In a folder without links and binaries, what is found is what ripgrep finds with the same needles."""
    program = need("rg")
    write(
        here,
        {
            f"{index}/{name}.txt": f"x {needle} y\n"
            for index, needle in enumerate(contract.NEEDLES)
            for name in "ab"
        },
    )
    write(here, {"none.txt": "manually\n"})
    patterns = [part for needle in contract.NEEDLES for part in ("-e", needle)]
    found = subprocess.run(
        [program, "-l", "-F", *patterns, "."], capture_output=True, text=True, check=True
    ).stdout
    from migrate.discover import discover

    assert {each.path for each in discover(["."]).candidates} == {
        line.removeprefix("./") for line in found.splitlines()
    }


def test_in_a_subfolder_code_hosts_get_paths_from_the_top(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever in a repository the command runs, it names the same files and the same findings."""
    commit(here, {"sub/a.py": OLD})
    at_top = json.loads(invoke("scan", "--format", "gitlab").stdout)
    assert invoke("scan", "--exit-zero", "--write-baseline", "known.json").exit_code == 0
    monkeypatch.chdir(here / "sub")

    assert json.loads(invoke("scan", "--format", "gitlab").stdout) == at_top
    assert at_top[0]["location"]["path"] == "sub/a.py"
    assert invoke("scan", "--baseline", "../known.json").exit_code == 0
    assert invoke("scan", "--format", "patch").stdout.startswith("diff --git a/sub/a.py b/sub/a.py\n")


def test_renamed_files_are_not_new(here: Path) -> None:
    """A file that a branch only renamed is not asked about by --since."""
    commit(here, {"a.py": OLD})
    git(here, "mv", "a.py", "b.py")

    assert invoke("scan", "--since", "HEAD").exit_code == 0
    assert invoke("scan").exit_code == 1
