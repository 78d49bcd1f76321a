"""Settings in files: found upward, checked, and outranked by the command line."""

from pathlib import Path

import pytest

from migrate import config
from migrate.commands import rewrite, scan
from migrate.errors import UsageError
from migrate.execute import understood
from tests.repository import commit, write


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository as the current directory."""
    folder = commit(tmp_path / "here")
    monkeypatch.chdir(folder)
    return folder


# What must not be taken


def test_nothing_above_the_repository(here: Path, tmp_path: Path) -> None:
    """A file above the top of the repository, or above a plain folder, says nothing."""
    write(tmp_path, {".nf-migrate.toml": "adapt = true\n", "plain/sub/a.py": ""})

    assert config.load(".") == config.Settings()
    assert config.load(str(tmp_path / "plain/sub")) == config.Settings()


def test_a_project_file_of_somebody_else(here: Path) -> None:
    """A pyproject.toml without our table, even one that is no TOML, says nothing."""
    write(here, {"pyproject.toml": "[tool.other]\nadapt = true\n"})
    assert config.load(".") == config.Settings()

    write(here, {"pyproject.toml": "= nonsense"})
    assert config.load(".") == config.Settings()


WRONG = [
    ("adpat = true", "unknown setting `adpat`", "Did you mean `adapt`?"),
    ("target_path = '/jobs'", "unknown setting `target_path`", "Did you mean `target-path`?"),
    ("zzz = 1", "unknown setting `zzz`", "Known are: adapt, "),
    ("adapt = 'yes'", "`adapt` is 'yes'", "true or false"),
    ("adapt = 1", "`adapt` is 1", "true or false"),
    ("jobs = true", "`jobs` is True", "a whole number, 1 or more"),
    ("jobs = 0", "`jobs` is 0", "a whole number, 1 or more"),
    ("jobs = 1.5", "`jobs` is 1.5", "a whole number, 1 or more"),
    ("exclude = 'a'", "`exclude` is 'a'", "a list of texts"),
    ("exclude = [1]", "`exclude` is [1]", "a list of texts"),
    ("format = 3", "`format` is 3", "a text in quotes"),
    ("write = true", "unknown setting `write`", ""),
    ("adapt = ", "", "Mend the file."),
    ("adapt = true\nadapt = true", "", "Mend the file."),
    ('"\\ud800" = 1', "", "Mend the file."),
]


@pytest.mark.parametrize("name", [".nf-migrate.toml", "pyproject.toml"])
@pytest.mark.parametrize(("text", "message", "hint"), WRONG)
def test_what_is_wrong_is_said(here: Path, name: str, text: str, message: str, hint: str) -> None:
    """An unknown name is an error with the nearest known one, a wrong value one with what it must be."""
    head = "[tool.nf-migrate]\n" if name == "pyproject.toml" else ""
    write(here, {name: f"{head}{text}\n"})

    with pytest.raises(UsageError) as caught:
        config.load(".")
    assert message in caught.value.message
    assert name in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("value", ["1", "[]", "'text'"])
def test_a_table_that_is_none(here: Path, value: str) -> None:
    """tool.nf-migrate must be a table."""
    write(here, {"pyproject.toml": f"[tool]\nnf-migrate = {value}\n"})

    with pytest.raises(UsageError, match="not a table"):
        config.load(".")


@pytest.mark.parametrize("text", ["tool = 3", "[[tool]]\na = 1"])
def test_a_tool_table_that_is_none(here: Path, text: str) -> None:
    """Where pyproject.toml has no table of tools at all, it says nothing."""
    write(here, {"pyproject.toml": f"{text}\nx = 'nf-migrate'\n"})

    assert config.load(".") == config.Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("format = 'pdf'", "no format `pdf`"),
        ("color = 'red'", "`color` is"),
        ("target-path = 'jobs'", "not a path"),
    ],
)
def test_values_are_checked_as_on_the_command_line(here: Path, text: str, message: str) -> None:
    """A value that the command line would refuse is refused in a file, too."""
    write(here, {".nf-migrate.toml": f"{text}\n"})

    with pytest.raises(UsageError, match=message):
        understood("scan", (), {})


# What must be taken


def test_the_nearest_file_holds(here: Path) -> None:
    """The file is looked for upward from what is named; our own file goes before pyproject.toml."""
    write(here, {"pyproject.toml": "[tool.nf-migrate]\njobs = 1\n", "a/b/c.py": "", "pyproject/x": ""})
    assert config.load("a/b/c.py").values == {"jobs": 1}
    assert config.load("a/b").folder == str(here)

    write(here, {"a/pyproject.toml": "[project]\nname = 'x'\n"})
    assert config.load("a/b/c.py").values == {"jobs": 1}

    write(here, {".nf-migrate.toml": "jobs = 2\n", "a/.nf-migrate.toml": "jobs = 3\n"})
    assert config.load(".").values == {"jobs": 2}
    assert config.load("a/b").values == {"jobs": 3}
    assert config.load("a/b").folder == str(here / "a")


def test_all_settings(here: Path) -> None:
    """Every setting can be set, and reaches what it is for; the command line outranks each."""
    write(
        here,
        {
            ".nf-migrate.toml": "adapt = true\nbaseline = 'b.json'\ncli-ready = true\n"
            "color = 'never'\ndefinitions = ['a.json']\n"
            "dependency-edits = false\ndocs = true\nexclude = ['x']\nexit-zero = true\nfail-on = 'review'\n"
            "format = 'json'\njobs = 3\ntarget-path = '/jobs/put-job'\ntemplates = true\n"
            "\n[proxy]\nanything = 1\n",
        },
    )
    request = understood("scan", (), {})

    assert set(config.SETTINGS) == set(config.load(".").values)
    assert request.options.adapt
    assert request.options.cli_ready
    assert request.options.docs
    assert request.options.templates
    assert request.options.definitions == ("a.json",)
    assert not request.options.dependency_edits
    assert request.options.target_path == "/jobs/put-job"
    assert request.jobs == 3
    assert request.values["baseline"] == f"{here}/b.json"
    assert request.values["fail-on"] == "review"
    assert request.exclude_base == str(here)

    other = understood(
        "scan",
        (),
        {
            "adapt": False,
            "dependency_edits": True,
            "format": "text",
            "jobs": 1,
            "exclude": ("y",),
            "docs": None,
        },
    )
    assert not other.options.adapt
    assert other.options.dependency_edits
    assert other.options.docs
    assert other.values["format"] == "text"
    assert other.values["exclude"] == ("y",)
    assert other.exclude_base == ""
    assert other.jobs == 1


def test_settings_are_options() -> None:
    """Each setting is an option of both commands under the same name."""
    for command in (scan, rewrite):
        options = {name for each in command.params for name in each.opts}
        assert {f"--{name}" for name in config.SETTINGS} <= options


def test_the_documented_file(here: Path) -> None:
    """The sample in docs/cli.md names every setting, and is valid."""
    text = (Path(__file__).parent.parent / "docs/cli.md").read_text("utf-8")
    sample = text.split("```toml\n")[1].split("```")[0]
    write(here, {".nf-migrate.toml": sample})

    assert set(config.load(".").values) == set(config.SETTINGS)
    assert understood("scan", (), {}).values["jobs"] == 2
