"""The commands, from an organisation on a host to pull requests and the status page."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import migrate
from tests import corpus
from tests.fleet.fake_hosts import FakeHosts, github_repository, gitlab_project
from tests.repository import ENVIRONMENT, commit, git

CANARY = "ghp_CANARY9876543210zyxwvuCANARY"
BRANCH = "northflank-jobs"
SAMPLE = corpus.read_file(corpus.CORPUS / "python" / "put_inline_dict.py")
ROOT = str(Path(migrate.__file__).parent.parent)


@pytest.fixture
def fake(monkeypatch):
    """Both APIs."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeHosts() as running:
        for site in (running.on_github, running.on_gitlab):
            site.token = CANARY
            site.people = {"ann"}
        yield running


class Desk:
    """A person's machine: bare repositories that both hosts serve, a state, a cache, a token."""

    def __init__(self, folder, fake):
        self.folder, self.fake = folder, fake
        self.work = folder / "work"
        self.work.mkdir()

    def serve(self, host, name, files):
        """Put a repository on a host; returns the bare one."""
        start = commit(self.folder / "start" / name, files)
        bare = self.folder / host / f"{name}.git"
        bare.parent.mkdir(parents=True, exist_ok=True)
        git(self.folder, "clone", "--quiet", "--bare", start, bare)
        return bare

    def environment(self):
        """The user's configuration and tokens: git finds the hosts' repositories in folders."""
        addresses = {
            f"url.{(self.folder / 'github').as_uri()}/.insteadOf": "https://github.test/",
            f"url.{(self.folder / 'gitlab').as_uri()}/.insteadOf": "https://gitlab.test/",
        }
        settings = {"GIT_CONFIG_COUNT": str(len(addresses))}
        for number, (key, value) in enumerate(addresses.items()):
            settings |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
        places = {"XDG_STATE_HOME": str(self.folder / "state"), "XDG_CACHE_HOME": str(self.folder / "cache")}
        tokens = {
            "GITHUB_TOKEN": CANARY,
            "GITLAB_TOKEN": CANARY,
            "NO_COLOR": "1",
            "NO_PROXY": "127.0.0.1",
            "PYTHONPATH": ROOT,
        }
        hosts = {"GITHUB_API_URL": self.fake.github, "CI_API_V4_URL": self.fake.gitlab}
        return {**ENVIRONMENT, **settings, **places, **tokens, **hosts}

    def start(self, *arguments, **environment):
        """Start the command in a group of processes of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "migrate", "fleet", *arguments],
            cwd=self.work,
            env={**self.environment(), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def run(self, *arguments, codes=(0,), **environment):
        """Run the command; output and errors."""
        with self.start(*arguments, **environment) as process:
            out, err = process.communicate(timeout=300)
        output, errors = out.decode(), err.decode()
        assert process.returncode in codes, output + errors
        assert "Traceback" not in errors
        return output, errors


@pytest.fixture
def desk(tmp_path, fake):
    """A person's machine."""
    return Desk(tmp_path, fake)


OWNED = {**SAMPLE.before, "CODEOWNERS": "* @ann @acme/ops\n"}


def organisation(desk, fake, *names):
    """Repositories of an organisation with uses in them."""
    bare = {name: desk.serve("github", f"acme/{name}", OWNED) for name in names}
    fake.on_github.organisations["acme"] = [github_repository(f"acme/{name}") for name in names]
    return bare


def branches(bare):
    """Names of the branches of a bare repository."""
    return git(bare, "for-each-ref", "--format=%(refname:short)").decode().split()


def test_from_a_list_to_pull_requests(desk, fake):
    """One command lists, scans, commits, pushes and opens drafts; a second one does nothing again."""
    bare = organisation(desk, fake, "a", "b")
    arguments = ("rewrite", "github:acme", "--commit", "--pull-request")
    _, errors = desk.run(*arguments)

    assert "2 opened as pull requests" in errors
    for name, repository in bare.items():
        (pull,) = fake.on_github.pulls[f"acme/{name}"]
        assert sorted(branches(repository)) == ["main", BRANCH]
        assert pull["draft"] is True
        assert "### Deprecated job endpoints" in pull["body"]
        assert [each["login"] for each in pull["requested_reviewers"]] == ["ann"]
        assert "`@acme/ops`" in pull["body"]
    sent = len(fake.sent("POST")) + len(fake.sent("PATCH"))
    _, errors = desk.run(*arguments)
    assert "2 with a pull request that was open already" in errors
    assert len(fake.sent("POST")) + len(fake.sent("PATCH")) == sent


def test_a_group_on_gitlab(desk, fake):
    """The same with merge requests."""
    bare = desk.serve("gitlab", "acme/sub/a", OWNED)
    fake.on_gitlab.organisations["acme"] = [gitlab_project("acme/sub/a")]
    desk.run("rewrite", "gitlab:acme", "--commit", "--pull-request")

    (pull,) = fake.on_gitlab.pulls["acme/sub/a"]
    assert pull["title"].startswith("Draft: ")
    assert BRANCH in branches(bare)


def test_nothing_goes_out_unasked(desk, fake):
    """Without the options nothing is pushed and nothing is opened."""
    bare = organisation(desk, fake, "a")
    desk.run("rewrite", "github:acme", codes=(1,))
    desk.run("rewrite", "github:acme", "--commit")
    assert branches(bare["a"]) == ["main"]
    desk.run("rewrite", "github:acme", "--commit", "--push")
    assert BRANCH in branches(bare["a"])
    assert fake.sent("POST") == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("--push",),
        ("--pull-request",),
        ("--commit", "--ready"),
        ("--commit", "--push", "--per-hour", "3"),
        ("--commit", "--dry-run", "--push"),
    ],
)
def test_options_that_contradict(desk, fake, arguments):
    """Options that make no sense together are refused before anything is asked."""
    _, errors = desk.run("rewrite", "github:acme", *arguments, codes=(2,))

    assert "Add --" in errors or "Give one" in errors
    assert fake.requests == []


def test_at_most_so_many_an_hour(desk, fake):
    """What is left for later is said, and neither pushed nor lost."""
    bare = organisation(desk, fake, "a", "b", "c")
    arguments = ("rewrite", "github:acme", "--commit", "--pull-request", "--per-hour", "1")
    _, errors = desk.run(*arguments)

    assert "2 left for later, because of --per-hour" in errors
    assert sum(BRANCH in branches(each) for each in bare.values()) == 1
    _, errors = desk.run(*arguments)
    assert "2 left for later" in errors
    assert len(fake.sent("POST", "/pulls")) == 1
    found = json.loads(desk.run("status", "--format", "json")[0])
    assert found["statuses"]["pull-request-open"] == 1
    assert found["statuses"]["branch-made"] == 2


@pytest.mark.parametrize(
    "moment", ["POST /api/v3/repos/acme/b/pulls", "requested_reviewers", "GET /api/v3/repos/acme/b"]
)
def test_killed_for_real(desk, fake, moment):
    """Killed while it talks to the host, the next run leaves each with one pull request, asked once."""
    organisation(desk, fake, "a", "b", "c")
    arguments = ("rewrite", "github:acme", "--commit", "--pull-request")
    running = []

    def kill(seen):
        if running and moment in f"{seen.method} {seen.path}":
            os.killpg(running.pop().pid, signal.SIGKILL)

    fake.on_request = kill
    with desk.start(*arguments) as process:
        running.append(process)
        process.communicate(timeout=300)
    assert process.returncode == -signal.SIGKILL
    desk.run(*arguments)

    for name in "abc":
        (pull,) = fake.on_github.pulls[f"acme/{name}"]
        assert [each["login"] for each in pull["requested_reviewers"]] == ["ann"]
    assert len(fake.sent("POST", "/pulls")) == 3
    found = json.loads(desk.run("status", "--format", "json")[0])
    assert found["statuses"]["pull-request-open"] == 3


def test_a_checkout_is_published_where_it_came_from(desk, fake, tmp_path):
    """A checkout's branch goes to its origin; its files stay; commits that nobody published stay, too."""
    bare = organisation(desk, fake, "a")["a"]
    here = desk.work / "checkouts" / "a"
    git(tmp_path, "clone", "--quiet", bare.as_uri(), here)
    git(here, "remote", "set-url", "origin", "https://github.test/acme/a.git")
    desk.run("rewrite", "checkouts", "--commit", "--push")
    assert BRANCH in branches(bare)

    git(here, "branch", "-D", BRANCH)
    commit(here, {"secret.txt": "not for anybody"})
    _, errors = desk.run("rewrite", "checkouts", "--commit", "--push", "--branch", "second", codes=(4,))
    assert "not on the remote's branch main" in errors
    assert "second" not in branches(bare)


def test_status_follows(desk, fake):
    """The status is of the state alone; --refresh asks the host; the page and the JSON can be saved."""
    organisation(desk, fake, "a", "b")
    desk.run("rewrite", "github:acme", "--commit", "--pull-request")
    fake.on_github.pulls["acme/a"][0].update(state="closed", merged_at="2026-11-24T10:00:00Z")
    asked = len(fake.requests)
    assert "2 repositories" not in desk.run("status")[1]
    assert len(fake.requests) == asked
    output, _ = desk.run("status", "--refresh")
    assert "merged" in output
    assert len(fake.requests) == asked + 2
    desk.run("status", "--format", "html", "--output", "page.html")
    assert "acme/a" in (desk.work / "page.html").read_text()
    assert json.loads(desk.run("status", "--format", "json")[0])["statuses"]["merged"] == 1


def test_no_state_yet(desk):
    """A status of nothing says how to begin."""
    _, errors = desk.run("status", codes=(2,))
    assert "nf-migrate fleet scan" in errors
    _, errors = desk.run("status", "--state", "nowhere.sqlite3", codes=(2,))
    assert not (desk.work / "nowhere.sqlite3").exists()


def test_a_host_that_is_not_there(desk, fake):
    """An organisation that is not there, and a wrong token, are told in words."""
    _, errors = desk.run("scan", "github:nobody", codes=(4,))
    assert "no organisation or user nobody" in errors
    _, errors = desk.run("scan", "github:acme", codes=(4,), GITHUB_TOKEN="wrong")
    assert "401" in errors
    assert "wrong" not in errors


def test_the_token_is_in_no_file_and_no_output(desk, fake):
    """After everything that can be done, also failing, the token is nowhere."""
    organisation(desk, fake, "a", "b")
    said = [*desk.run("scan", "github:acme", codes=(1,))]
    said += desk.run("rewrite", "github:acme", "--commit", "--pull-request", "--report", "html=r.html")
    fake.fail("", (400, {"message": f"bad {CANARY}"}, {}), times=99)
    said += desk.run("rewrite", "github:acme", "--commit", "--pull-request", codes=(4,))
    said += desk.run("status", "--refresh", "--format", "html", "--output", "page.html")
    fake.faults.clear()
    fake.fail("POST", (400, {"message": f"bad {CANARY}"}, {}), times=99)
    said += desk.run("rewrite", "github:acme", "--commit", "--pull-request", "--branch", "x", codes=(4,))
    said += desk.run("status")

    assert CANARY not in "".join(said)
    files = [path for path in desk.folder.rglob("*") if path.is_file()]
    assert len(files) > 100
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []
