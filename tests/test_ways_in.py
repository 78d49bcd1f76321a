"""Ways in: hooks, the action's own steps, the GitLab job, completion, the samples in docs/ci.md."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from migrate.report import RENDERERS
from tests import tools
from tests.need import need
from tests.repository import commit, git
from tests.test_cli import CLEAN, NEW, OLD, ROOT

ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
GITLAB = ROOT / "ci/nf-migrate.gitlab-ci.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
PACKAGED = ("migrate/", "pyproject.toml", "README.md", ".pre-commit-hooks.yaml", "LICENSE")
DOCS = ROOT / "docs/ci.md"


def check_schema(schema, path):
    """Validate a file by a schema that check-jsonschema brings along."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("schema", "path"), [("vendor.github-actions", ROOT / "action.yml"), ("vendor.gitlab-ci", GITLAB)]
)
def test_files_follow_their_published_schemas(schema, path):
    """The action and the GitLab job are valid by the schemas that their hosts publish."""
    check_schema(schema, path)


def test_samples_in_the_document_follow_their_schemas(tmp_path):
    """The workflow and the GitLab file in docs/ci.md are valid; every sample is YAML."""
    schemas = {".github/workflows/": "vendor.github-workflows", ".gitlab-ci.yml": "vendor.gitlab-ci"}
    checked = 0
    for sample in re.findall(r"```yaml\n(.*?)```", DOCS.read_text(), re.DOTALL):
        assert yaml.safe_load(sample)
        for name, schema in schemas.items():
            if sample.startswith(f"# {name}"):
                (tmp_path / "sample.yml").write_text(sample)
                check_schema(schema, tmp_path / "sample.yml")
                checked += 1
    assert checked == 2


def test_options_in_the_document_are_there():
    """Every option of the command that docs/ci.md names is one of the command's."""
    from click.testing import CliRunner

    from migrate import cli

    help_texts = "".join(
        CliRunner().invoke(cli.main, [name, "--help"]).output for name in ("scan", "rewrite")
    )
    for line in DOCS.read_text().splitlines():
        if "nf-migrate scan" in line or "nf-migrate rewrite" in line:
            part = re.split(r"nf-migrate (?=scan|rewrite)", line, maxsplit=1)[1]
            for option in re.findall(r"(?<!\S)--[a-z-]+", re.split(r"[|&`]", part)[0]):
                assert option in help_texts, option
            for name in re.findall(r"--format (\w+)", part):
                assert name in RENDERERS


@pytest.fixture(scope="module")
def action_environment(tmp_path_factory):
    """The action's first step, run: an environment with the package of this tree."""
    temp = tmp_path_factory.mktemp("runner")
    source = temp / "action"
    names = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate")
    for name in names.decode().split("\0"):
        if name.startswith(PACKAGED) and (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, source / name)
    commit(source)
    env = {**os.environ, "RUNNER_TEMP": str(temp), "GITHUB_ACTION_PATH": str(source)}
    subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", ACTION["runs"]["steps"][0]["run"]], env=env, check=True
    )
    return temp


def action(temp, folder, **inputs):
    """Run the action's second step as the runner does: its status, output file, summary and log."""
    step = ACTION["runs"]["steps"][1]
    values = {name: str(each["default"]) for name, each in ACTION["inputs"].items()} | inputs
    env = {**os.environ, "RUNNER_TEMP": str(temp)}
    for name, text in step["env"].items():
        env[name] = re.sub(r"\$\{\{ inputs\.(\w+) \}\}", lambda found: values[found[1]], text)
    for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
        env[name] = str(folder.parent / name)
        Path(env[name]).write_text("")
    command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    return done, Path(env["GITHUB_OUTPUT"]).read_text(), Path(env["GITHUB_STEP_SUMMARY"]).read_text()


def test_action_reports_and_fails(action_environment, tmp_path):
    """The steps give annotations, a summary, SARIF and the status, and fail the job."""
    folder = commit(tmp_path / "repo", {"a.py": OLD, "with space/b.py": CLEAN})
    done, output, summary = action(action_environment, folder)
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::warning file=a.py,line=")
    assert output == "status=1\n"
    assert "| `http-call` | 1 | 1 |" in summary
    assert json.loads((folder / "nf-migrate.sarif").read_text())["runs"][0]["results"]


def test_action_takes_paths_and_arguments_by_line(action_environment, tmp_path):
    """Paths and options are lines, so spaces are kept; nothing found passes; inputs run no commands."""
    folder = commit(tmp_path / "repo", {"a.py": OLD, "with space/b.py": CLEAN})
    done, output, _ = action(action_environment, folder, paths="with space\n\n", arguments="--jobs=1\n")
    assert (done.returncode, output) == (0, "status=0\n"), done.stderr
    done, _, _ = action(action_environment, folder, paths='"; touch owned; "$(touch owned)`touch owned`')
    assert done.returncode == 2
    assert not list(folder.rglob("owned"))


def test_action_rewrites(action_environment, tmp_path):
    """With the command rewrite and --write it makes the changes."""
    folder = commit(tmp_path / "repo", {"a.py": OLD})
    done, output, _ = action(action_environment, folder, command="rewrite", arguments="--write")
    assert (done.returncode, output) == (0, "status=0\n"), done.stderr
    assert (folder / "a.py").read_text() == NEW


def test_gitlab_job(action_environment, tmp_path):
    """The job's script writes the artifacts that it declares, and exits with the status it allows for."""
    job = yaml.safe_load(GITLAB.read_text())["nf-migrate"]
    folder = commit(tmp_path / "repo", {"a.py": OLD})
    path = f"{action_environment}/nf-migrate/bin:{os.environ['PATH']}"
    env = {**os.environ, **job["variables"], "PATH": path}
    done = subprocess.run(["bash", "-e", "-c", "\n".join(job["script"])], cwd=folder, env=env, check=False)
    assert done.returncode in job["allow_failure"]["exit_codes"]
    artifacts = [*job["artifacts"]["paths"], *job["artifacts"]["reports"].values()]
    assert all((folder / each).stat().st_size for each in artifacts)


def pre_commit(folder, *arguments):
    """Run pre-commit with a cache of its own."""
    program = tools.python_program(tools.PRE_COMMIT, "pre-commit")
    env = {
        **os.environ,
        "PYTHONPATH": str(program.parent.parent),
        "PRE_COMMIT_HOME": str(folder.parent / "cache"),
    }
    return subprocess.run(
        [sys.executable, program, *arguments],
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_hooks_with_pre_commit(action_environment, tmp_path):
    """From a clone of this repository, pre-commit installs the hooks; they fail and rewrite as they say."""
    source = action_environment / "action"
    assert pre_commit(source, "validate-manifest", str(HOOKS)).returncode == 0
    revision = git(source, "rev-parse", "HEAD").decode().strip()
    config = {"repos": [{"repo": str(source), "rev": revision, "hooks": [{"id": "nf-migrate"}]}]}
    folder = commit(tmp_path / "repo", {"a.py": OLD, "b.py": CLEAN})
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git(folder, "add", "-A")
    done = pre_commit(folder, "run", "--all-files")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "a.py" in done.stdout
    assert pre_commit(folder, "run", "--files", "b.py").returncode == 0
    config["repos"][0]["hooks"] = [{"id": "nf-migrate-rewrite"}]
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git(folder, "add", "-A")
    done = pre_commit(folder, "run", "--all-files")
    assert "files were modified by this hook" in done.stdout
    assert (folder / "a.py").read_text() == NEW
    assert pre_commit(folder, "run", "--all-files").returncode == 0


def test_completion_in_bash(tmp_path):
    """The completion that docs/ci.md names completes commands, options and formats in a real bash."""
    (tmp_path / "nf-migrate").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m migrate "$@"\n')
    (tmp_path / "nf-migrate").chmod(0o755)
    script = """
eval "$(_NF_MIGRATE_COMPLETE=bash_source nf-migrate)"
complete_it() {
  COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()
  _nf_migrate_completion nf-migrate; echo "${COMPREPLY[@]}"
}
complete_it nf-migrate sc
complete_it nf-migrate scan --basel
"""
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [need("bash"), "-c", script], env=env, capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert done.stdout.split("\n")[:2] == ["scan", "--baseline"], done.stderr


def test_gitlab_job_says_what_is_missing():
    """Without the package to install, the job stops and names the variable."""
    job = yaml.safe_load(GITLAB.read_text())["nf-migrate"]
    env = {**os.environ, **job["variables"]}
    command = ["bash", "-e", "-c", job["before_script"][0]]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "NF_MIGRATE_PACKAGE" in done.stdout
    done = subprocess.run(command, env={**env, "NF_MIGRATE_PACKAGE": "x"}, capture_output=True, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("recipe", ["multi-gitter", "Sourcegraph"])
def test_command_of_the_batch_recipes(recipe, tmp_path):
    """The command in each recipe rewrites a clone, leaves nothing else behind, and exits with 0."""
    section = DOCS.read_text().split(f"### {recipe}")[1]
    (command,) = set(re.findall(r"nf-migrate rewrite --write [^\n\"]*", section.split("\n##")[0]))
    folder = commit(tmp_path / "repo", {"a.py": OLD, "b.py": CLEAN})
    words = [sys.executable, "-m", "migrate", *command.split()[1:]]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run(words, cwd=folder, env=env, capture_output=True, check=False).returncode == 0
    assert (folder / "a.py").read_text() == NEW
    assert git(folder, "status", "--porcelain").split() == [b"M", b"a.py"]
