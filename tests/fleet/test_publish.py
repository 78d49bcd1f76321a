"""Pushing and pull requests, with local bare repositories as remotes and both APIs on loopback."""

import sqlite3
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from migrate.fleet.hosts import Hosts
from migrate.fleet.model import Repository, Status
from migrate.fleet.publish import CLOSED, Change, Publisher, Step, known_host, refresh
from migrate.fleet.push import PushError, push, remote_address, without_password
from migrate.fleet.state import State
from tests.fleet.fake_hosts import FakeHosts
from tests.repository import commit, git

CANARY = "glpat-CANARY0123456789abcdefCANARY"
BRANCH = "nf-migrate"


@pytest.fixture
def fake(monkeypatch):
    """Both APIs."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeHosts() as running:
        for site in (running.on_github, running.on_gitlab):
            site.token = CANARY
            site.people = {"ann"}
        yield running


@pytest.fixture
def hosts(fake):
    """Both hosts, with a token. Nothing sleeps."""
    environment = {"GITHUB_TOKEN": CANARY, "GITLAB_TOKEN": CANARY}
    with Hosts({"github": fake.github, "gitlab": fake.gitlab}, environment, lambda _: None) as made:
        yield made


class Work:
    """Repositories with a remote, a clone and a commit of ours, and a state."""

    def __init__(self, folder, fake, hosts):
        self.folder, self.fake, self.hosts = folder, fake, hosts
        self.path = str(folder / "fleet.sqlite3")
        self.state = State(self.path)

    def again(self):
        """Open the state anew, as a run after a killed one does."""
        self.state.close()
        self.state = State(self.path)

    def change(self, name, kind="github"):
        """A change to publish: a bare remote, a clone of it, and a commit on the branch."""
        start = commit(self.folder / f"{name}-start", {"a": "1"})
        bare = self.folder / f"{name}.git"
        git(self.folder, "clone", "--quiet", "--bare", start, bare)
        clone = self.folder / f"{name}-clone"
        git(self.folder, "clone", "--quiet", "--depth=1", bare.as_uri(), clone)
        git(clone, "checkout", "--quiet", "-b", BRANCH)
        commit(clone, {"a": "2"})
        head = git(clone, "rev-parse", "HEAD").decode().strip()
        api = self.fake.github if kind == "github" else self.fake.gitlab
        repository = Repository(f"acme/{name}", bare.as_uri(), False, "main", kind, api, f"acme/{name}")
        self.state.add([repository])
        self.state.set_branch(repository.name, BRANCH, head)
        return Change(
            repository, str(clone), bare.as_uri(), BRANCH, head, "main", "Move", "The body.", ("@ann",)
        )

    def remote(self, name):
        """Commits of the remote's branches."""
        lines = git(self.folder / f"{name}.git", "for-each-ref", "--format=%(refname:short) %(objectname)")
        return dict(line.split() for line in lines.decode().splitlines())

    def publisher(self, **options):
        """As ``--push --pull-request`` makes one."""
        return Publisher(self.state, self.hosts, **{"pull_requests": True, **options})

    def status(self, name):
        """Where a repository stands."""
        return self.state.repository(f"acme/{name}").status


@pytest.fixture
def work(tmp_path, fake, hosts):
    """Repositories and a state."""
    made = Work(tmp_path, fake, hosts)
    yield made
    made.state.close()


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_pushes_and_opens(work, fake, kind):
    """The branch is on the remote, a draft is open, its reviewers are asked, and the state says so."""
    change = work.change("a", kind)
    found = work.publisher().publish(change)

    assert found.step is Step.OPENED
    assert work.remote("a")[BRANCH] == change.commit
    (pull,) = (fake.on_github if kind == "github" else fake.on_gitlab).pulls["acme/a"]
    assert pull["draft"] is True
    assert len(pull.get("requested_reviewers") or pull["reviewers"]) == 1
    record = work.state.repository("acme/a")
    assert (record.status, record.pull_request_number) == (Status.PULL_REQUEST_OPEN, 1)
    assert record.pull_request == found.url


def test_push_alone_opens_nothing(work, fake):
    """Without --pull-request no host is asked anything."""
    change = work.change("a")

    assert work.publisher(pull_requests=False).publish(change).step is Step.PUSHED
    assert fake.requests == []
    assert work.status("a") is Status.BRANCH_MADE


def test_a_second_run_does_nothing_again(work, fake):
    """Published twice, it is pushed once, opened once, and nobody is asked a second time."""
    change = work.change("a")
    work.publisher().publish(change)
    sent = len(fake.sent("POST"))
    work.again()

    assert work.publisher().publish(change).step is Step.FOUND
    assert len(fake.sent("POST")) == sent
    assert len(fake.on_github.pulls["acme/a"]) == 1
    assert len(work.state.published_since(0)) == 1


@pytest.mark.parametrize("kind", ["github", "gitlab"])
@pytest.mark.parametrize("moment", ["push", "open", "record", "review"])
def test_killed_and_resumed(work, fake, monkeypatch, kind, moment):
    """Killed after any step, the next run leaves one branch, one pull request, one question for review."""
    change = work.change("a", kind)
    host = work.hosts.of(kind)
    after = {
        "push": ("migrate.fleet.publish.push", push),
        "open": (type(host), host.open),
        "record": (State, work.state.set_pull_request),
        "review": (type(host), host.ask_reviewers),
    }[moment]

    def killed(*arguments):
        after[1](*arguments[0 if moment == "push" else 1 :])  # bound, so without its first
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if moment == "push":
            patch.setattr(after[0], killed)
        else:
            patch.setattr(after[0], after[1].__name__, killed)
        with pytest.raises(KeyboardInterrupt):
            work.publisher().publish(change)
    work.again()
    found = work.publisher().publish(change)

    assert found.step is (Step.OPENED if moment == "push" else Step.FOUND)
    (pull,) = (fake.on_github if kind == "github" else fake.on_gitlab).pulls["acme/a"]
    assert len(pull.get("requested_reviewers") or pull["reviewers"]) == 1
    assert work.status("a") is Status.PULL_REQUEST_OPEN
    assert len(work.state.published_since(0)) == 1


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_an_answer_that_is_lost(work, fake, kind):
    """Where the answer to opening is lost, what was opened is found, and nothing is opened twice."""
    change = work.change("a", kind)
    path = "/pulls" if kind == "github" else "/merge_requests"
    fake.fail(f"POST /api/v{3 if kind == 'github' else 4}", drop=True)

    assert work.publisher().publish(change).step is Step.OPENED
    assert len(fake.sent("POST", path)) == 1
    assert work.status("a") is Status.PULL_REQUEST_OPEN


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_an_answer_that_is_garbled(work, fake, monkeypatch, kind):
    """Where opening is answered with something else, what was opened is found."""
    change = work.change("a", kind)
    site = fake.on_github if kind == "github" else fake.on_gitlab
    right = fake._right

    def garbled(seen):
        answer = right(seen)
        return (201, {"odd": True}, {}) if seen.method == "POST" and not site.garbled.append(1) else answer

    site.garbled = []
    monkeypatch.setattr(fake, "_right", garbled)

    assert work.publisher(pull_requests=True).publish(replace(change, owners=())).step is Step.OPENED
    assert len(site.pulls["acme/a"]) == len(site.garbled) == 1


def test_another_run_was_faster(work, fake):
    """A refusal because one is open already leads to that one."""
    change = work.change("a")
    fake.fail("GET", (200, [], {}))
    work.hosts.of("github").open("acme/a", _proposal(change))

    assert work.publisher().publish(change).step is Step.FOUND
    assert len(fake.on_github.pulls["acme/a"]) == 1


def _proposal(change):
    from migrate.fleet.hosts.proposals import Proposal

    return Proposal(change.branch, change.base, change.title, change.body)


def test_at_most_so_many_an_hour(work, fake, monkeypatch):
    """The limit holds over runs; what is left keeps its branch, is said, and goes out an hour later."""
    now = [time.time()]
    monkeypatch.setattr("migrate.fleet.state.time", SimpleNamespace(time=lambda: now[0]))
    changes = [work.change(name) for name in "abcde"]
    first = work.publisher(per_hour=2)
    for change in changes:
        first.publish(change)

    assert [each.step for each in first.done] == [Step.OPENED] * 2 + [Step.LATER] * 3
    assert first.summary()[1] == "3 left for later, because of --per-hour"
    assert "run the same command again then" in first.summary()[2]
    assert work.status("c") is Status.BRANCH_MADE
    assert BRANCH not in work.remote("c")
    work.again()
    second = work.publisher(per_hour=2)
    for change in changes:
        second.publish(change)
    assert [each.step for each in second.done] == [Step.FOUND] * 2 + [Step.LATER] * 3
    now[0] += 3601
    third = work.publisher(per_hour=2, clock=lambda: now[0])
    for change in changes:
        third.publish(change)
    assert [each.step for each in third.done] == [Step.FOUND] * 2 + [Step.OPENED] * 2 + [Step.LATER]
    assert len(fake.sent("POST", "/pulls")) == 4


def test_none_an_hour(work, fake):
    """A limit of none opens none."""
    publisher = work.publisher(per_hour=0)

    assert publisher.publish(work.change("a")).step is Step.LATER
    assert publisher.summary()[-1].endswith("run the same command again then.")
    assert fake.sent("POST") == []


def test_somebody_elses_commits_are_not_pushed_over(work):
    """A remote branch with other commits is left as it is, whatever they are."""
    change = work.change("a")
    other = work.folder / "other"
    git(work.folder, "clone", "--quiet", (work.folder / "a.git").as_uri(), other)
    git(other, "checkout", "--quiet", "-b", BRANCH)
    commit(other, {"b": "theirs"})
    git(other, "push", "--quiet", "origin", BRANCH)
    theirs = work.remote("a")[BRANCH]
    found = work.publisher().publish(change)

    assert found.step is Step.FAILED
    assert "somebody else" in found.message
    assert work.remote("a")[BRANCH] == theirs
    assert work.status("a") is Status.FAILED


def test_an_open_pull_request_is_not_overwritten(work, fake):
    """Made again on a later state of the default branch, the open one stays as it is: nothing is forced."""
    change = work.change("a")
    work.publisher().publish(change)
    start = git(Path(change.folder), "rev-parse", "HEAD~1").decode().strip()
    git(Path(change.folder), "checkout", "--quiet", "--detach", start)
    commit(Path(change.folder), {"a": "3"})
    again = replace(change, commit=git(Path(change.folder), "rev-parse", "HEAD").decode().strip())
    found = work.publisher().publish(again)

    assert (found.step, found.message[:14]) == (Step.FOUND, "left as it is:")
    assert work.remote("a")[BRANCH] == change.commit
    assert work.status("a") is Status.PULL_REQUEST_OPEN


def test_a_branch_that_is_behind_moves_forward(work):
    """A remote branch whose commits are all in ours is moved on without force."""
    change = work.change("a")
    git(Path(change.folder), "push", "--quiet", "origin", f"HEAD~1:refs/heads/{BRANCH}")
    assert push(change.folder, change.remote, BRANCH, change.commit)
    assert not push(change.folder, change.remote, BRANCH, change.commit)
    assert work.remote("a")[BRANCH] == change.commit


def test_what_a_person_closed_stays_closed(work, fake):
    """A closed pull request is not opened again; the state says why."""
    change = work.change("a")
    work.publisher().publish(change)
    fake.on_github.pulls["acme/a"][0]["state"] = "closed"

    assert work.publisher().publish(change).step is Step.CLOSED
    assert len(fake.on_github.pulls["acme/a"]) == 1
    assert work.state.repository("acme/a").reason == CLOSED


def test_what_is_merged_is_merged(work, fake):
    """A merged pull request of the same commit is that; of an earlier commit, another is opened."""
    change = work.change("a")
    work.publisher().publish(change)
    merged = {"state": "closed", "merged_at": "2026-11-24T10:00:00Z"}
    fake.on_github.pulls["acme/a"][0].update(merged, head={"ref": BRANCH, "sha": change.commit})

    assert work.publisher().publish(change).step is Step.MERGED
    assert work.status("a") is Status.MERGED
    fake.on_github.pulls["acme/a"][0]["head"]["sha"] = "1" * 40
    assert work.publisher().publish(change).step is Step.OPENED


def test_one_that_fails_stops_no_other(work, fake):
    """A remote that is gone and a host that refuses are told; the others are published."""
    gone, refused, good = work.change("gone"), work.change("refused"), work.change("good")
    fake.fail("POST /api/v3/repos/acme/refused", (403, {"message": "Resource not accessible"}, {}), times=9)
    publisher = work.publisher()
    publisher.publish(replace(gone, remote=(work.folder / "nowhere.git").as_uri()))
    publisher.publish(refused)
    publisher.publish(good)

    assert [each.step for each in publisher.done] == [Step.FAILED, Step.FAILED, Step.OPENED]
    assert "asking for its branch failed" in publisher.done[0].message
    assert "scopes" in publisher.done[1].message
    assert publisher.summary() == ["1 opened as pull requests", "2 failed"]


def test_ready(work, fake):
    """--ready opens it for review at once."""
    work.publisher(ready=True).publish(work.change("a"))

    assert fake.on_github.pulls["acme/a"][0]["draft"] is False


def test_without_a_token_nothing_is_pushed(work, fake):
    """Opening without a token is refused before the push."""
    change = work.change("a")
    with Hosts({"github": fake.github}, {}) as bare:
        found = Publisher(work.state, bare, pull_requests=True).publish(change)

    assert "GITHUB_TOKEN" in found.message
    assert BRANCH not in work.remote("a")


def test_reviewers_who_refuse_do_not_undo(work, fake):
    """Where asking for reviews fails, the pull request is recorded, and the rest is said."""
    fake.fail("requested_reviewers", (500, {"message": "oops"}, {}), times=9)
    found = work.publisher().publish(work.change("a"))

    assert found.step is Step.OPENED
    assert "nobody was asked" in found.message
    assert work.status("a") is Status.PULL_REQUEST_OPEN


@pytest.mark.parametrize(
    "setting",
    [
        "core.sshCommand",
        "credential.helper",
        "credential.https://x.helper",
        "remote.origin.receivepack",
        "url./x.insteadOf",
        "http.proxy",
        "http.https://github.test/.sslVerify",
    ],
)
def test_a_checkout_that_would_run_a_program(work, setting, tmp_path):
    """A repository's own configuration names no program that the push would run."""
    change = work.change("a")
    mark = tmp_path / "owned"
    git(Path(change.folder), "config", setting, f"touch {mark}; true")
    found = work.publisher().publish(change)

    assert "can run a program" in found.message
    assert not mark.exists()
    assert BRANCH not in work.remote("a")


def test_no_options_of_a_checkout_are_pushed(work, tmp_path):
    """A checkout's own push options, by which GitLab would merge, do not go out."""
    change = work.change("a")
    bare = work.folder / "a.git"
    git(bare, "config", "receive.advertisePushOptions", "true")
    hook = bare / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f'#!/bin/sh\nprintf "options:%s" "$GIT_PUSH_OPTION_COUNT" > {tmp_path}/options\n')
    hook.chmod(0o755)
    git(Path(change.folder), "config", "push.pushOption", "merge_request.create")

    assert work.publisher().publish(change).step is Step.OPENED
    assert (tmp_path / "options").read_text() in ("options:", "options:0")


def test_hooks_do_not_run(work, tmp_path):
    """A checkout's own hooks are not run by a push."""
    change = work.change("a")
    hook = Path(change.folder, ".git/hooks/pre-push")
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/owned\n")
    hook.chmod(0o755)

    assert work.publisher().publish(change).step is Step.OPENED
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize("remote", ["ext::sh -c 'touch owned'", "--upload-pack=touch owned", "/nowhere"])
def test_remotes_that_are_none(work, remote, tmp_path):
    """Other transports, options and missing folders are failures in words."""
    change = work.change("a")
    with pytest.raises(PushError):
        push(change.folder, remote, BRANCH, change.commit)
    assert not Path(change.folder, "owned").exists()


def test_refresh_tells_how_they_stand(work, fake):
    """Open ones stay open, merged and closed ones are recorded, one that can't be asked is told."""
    for name in ("open", "merged", "closed", "lost"):
        work.publisher().publish(work.change(name))
    fake.on_github.pulls["acme/merged"][0].update(state="closed", merged_at="2026-11-24T10:00:00Z")
    fake.on_github.pulls["acme/closed"][0].update(state="closed")
    fake.on_github.pulls["acme/lost"].clear()
    found = {each.repository: each.step for each in refresh(work.state, work.hosts)}

    assert found == {
        "acme/open": Step.FOUND,
        "acme/merged": Step.MERGED,
        "acme/closed": Step.CLOSED,
        "acme/lost": Step.FAILED,
    }
    assert work.status("merged") is Status.MERGED
    assert work.status("open") is Status.PULL_REQUEST_OPEN
    assert work.status("closed") is Status.BRANCH_MADE
    assert work.state.repository("acme/closed").reason == CLOSED


def test_a_checkout_is_known_by_its_remote(work, hosts, tmp_path):
    """A checkout's host is told by where it pushes to."""
    folder = commit(tmp_path / "mine", {"a": "1"})
    git(folder, "remote", "add", "origin", "git@github.com:acme/mine.git")
    found = known_host(Repository("mine", str(folder), True), Hosts({}, {}), str(folder))

    assert (found.host, found.full_name) == ("github", "acme/mine")
    assert remote_address(str(folder), "upstream") == ""
    assert known_host(Repository("x", str(tmp_path), True), Hosts({}, {}), str(folder), "no").host == ""


def test_what_has_no_host_is_pushed_only(work):
    """A repository of no known host gets a branch and no pull request, and the message says why."""
    change = work.change("a")
    plain = replace(change, repository=replace(change.repository, host="", api_url="", full_name=""))

    assert work.publisher(pull_requests=False).publish(plain).step is Step.PUSHED
    assert "not known on which host" in work.publisher().publish(plain).message


def test_a_state_does_not_say_where_the_token_goes(work, fake):
    """A repository that was listed by another API is refused instead of sending the token there."""
    change = work.change("a")
    with FakeHosts() as other:
        moved = replace(change, repository=replace(change.repository, api_url=other.github))
        found = work.publisher().publish(moved)

        assert "--github-api-url" in found.message
        assert other.requests == []


def test_the_token_is_written_nowhere(work, fake, tmp_path, capfd):
    """A canary token is in no file, no output and no state, even where a host repeats it in its errors."""
    loud = (400, {"message": f"bad {CANARY}"}, {})
    work.publisher().publish(work.change("good"))
    work.publisher().publish(work.change("lab", "gitlab"))
    fake.fail("POST", loud, times=9)
    bad = work.publisher()
    bad.publish(work.change("bad"))
    fake.fail("GET", loud, times=9)
    refresh(work.state, work.hosts)
    work.state.close()

    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 50
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []
    assert CANARY not in "".join(capfd.readouterr())
    assert CANARY not in repr(bad.done) + "".join(bad.summary())
    with sqlite3.connect(work.path) as database:
        assert CANARY not in "\n".join(database.iterdump())
    database.close()


def test_passwords_of_addresses_are_not_shown():
    """What git says of an address is told without the password in it."""
    assert without_password("can't reach https://me:secret@x.test/a") == "can't reach https://x.test/a"
