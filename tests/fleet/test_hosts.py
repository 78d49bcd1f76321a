"""Lists of repositories and pull requests, over HTTP with both APIs as their documentation has them."""

import json
import time
from dataclasses import replace

import pytest

from migrate.errors import MigrateError, UsageError
from migrate.fleet.hosts import Hosts, is_spec, limits, listed
from migrate.fleet.hosts.client import Client, HostError, checked_base
from migrate.fleet.hosts.found import clone_address
from migrate.fleet.hosts.proposals import Proposal, PullState, noted
from migrate.fleet.hosts.tokens import Token, token_for
from migrate.report.markdown import LIMIT
from tests.fleet.fake_hosts import FakeHosts, github_repository, gitlab_project

CANARY = "ghp_CANARY0123456789abcdefCANARY"
PROPOSAL = Proposal(
    "nf-migrate", "main", "Move", "The body.", reviewers=("@ann", "@acme/ops", "eve@example.com")
)


@pytest.fixture
def fake(monkeypatch):
    """Both APIs."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with FakeHosts() as running:
        for site in (running.on_github, running.on_gitlab):
            site.token = CANARY
        yield running


class World:
    """Hosts over the fake, with a clock that waiting moves on."""

    def __init__(self, fake):
        self.now, self.waits, self.said, self.skipped = time.time(), [], [], []
        self.hosts = Hosts(
            {"github": fake.github, "gitlab": fake.gitlab},
            {"GITHUB_TOKEN": CANARY, "GITLAB_TOKEN": CANARY},
            self.wait,
            lambda: self.now,
            self.said.append,
        )

    def wait(self, seconds):
        """Remember how long, and let time pass."""
        self.waits.append(seconds)
        self.now += seconds

    def names(self, spec):
        """Names of what a spec lists."""
        return [each.full_name for each in listed(spec, self.hosts, lambda *skip: self.skipped.append(skip))]


@pytest.fixture
def world(fake):
    """Hosts as a run uses them."""
    made = World(fake)
    with made.hosts:
        yield made


def many(make, owner, count):
    """Repositories of one owner."""
    return [make(f"{owner}/r{number:03}") for number in range(count)]


def test_an_organisation_is_listed_page_by_page(fake, world):
    """All pages that the Link header names are read, in order, each repository once."""
    fake.on_github.organisations["acme"] = many(github_repository, "acme", 7)
    fake.on_github.page = 3

    found = list(listed("github:acme", world.hosts))

    assert [each.full_name for each in found] == [f"acme/r{number:03}" for number in range(7)]
    assert found[0].location == "https://github.test/acme/r000.git"
    assert (found[0].host, found[0].api_url, found[0].default_branch) == ("github", fake.github, "main")
    assert len(fake.sent("GET")) == 3


def test_a_group_is_listed_with_its_subgroups(fake, world):
    """The list asks for subgroups, not for what is only shared with the group, and reads all pages."""
    fake.on_gitlab.organisations["acme/tools"] = many(gitlab_project, "acme/tools/sub", 5)
    fake.on_gitlab.page = 2

    assert len(world.names("gitlab:acme/tools")) == 5

    first = fake.requests[0].path
    assert "/groups/acme%2Ftools/projects" in first
    assert "include_subgroups=true" in first
    assert "with_shared=false" in first


def test_pages_are_found_by_number_too(fake, world):
    """Where no Link is sent, x-next-page leads on (GitLab behind proxies that drop Link)."""
    first = 200, [gitlab_project("g/a")], {"x-next-page": "2"}
    fake.on_gitlab.organisations["g"] = [gitlab_project("g/a")]
    fake.fail("/groups/g/projects", first)
    fake.fail("page=2", (200, [gitlab_project("g/b")], {"x-next-page": ""}))

    assert world.names("gitlab:g") == ["g/a", "g/b"]


def test_what_is_passed_over_is_said(fake, world):
    """Archived, disabled, empty, doomed and unclonable repositories are named with the reason; forks stay."""
    fake.on_github.organisations["acme"] = [
        github_repository("acme/old", archived=True),
        github_repository("acme/off", disabled=True),
        github_repository("acme/fork", fork=True),
        github_repository("acme/ext", clone_url="ext::sh -c 'touch /tmp/owned'"),
        github_repository("acme/option", clone_url="--upload-pack=touch"),
    ]
    fake.on_gitlab.organisations["g"] = [
        gitlab_project("g/old", archived=True),
        gitlab_project("g/none", empty_repo=True),
        gitlab_project("g/doomed", marked_for_deletion_on="2026-12-01"),
        gitlab_project("g/fork", forked_from_project={"id": 1}),
    ]

    assert world.names("github:acme") + world.names("gitlab:g") == ["acme/fork", "g/fork"]
    assert dict(world.skipped) == {
        "acme/old": "archived",
        "acme/off": "disabled",
        "acme/ext": "its clone address is not an https:// one",
        "acme/option": "its clone address is not an https:// one",
        "g/old": "archived",
        "g/none": "empty",
        "g/doomed": "marked for deletion",
    }


def test_what_a_token_does_not_see_is_said(fake, world):
    """Without a token, or where single sign-on leaves something out, the list says that it may be short."""
    fake.on_github.token = ""
    page = (200, [], {"X-GitHub-SSO": "partial-results; organizations=21955855"})
    fake.fail("/orgs/acme", page, times=2)
    world.names("github:acme")
    world.names("github:acme")
    assert len([line for line in world.said if "single sign-on" in line]) == 1

    fake.on_github.organisations["acme"] = []
    said = []
    with Hosts({"github": fake.github}, {}, say=said.append) as hosts:
        assert list(listed("github:acme", hosts)) == []
    assert "GITHUB_TOKEN or GH_TOKEN" in said[0]


def test_users_and_single_repositories(fake, world):
    """A user's list is that of the owner where the token is theirs; OWNER/NAME is that one."""
    fake.on_github.users = {
        "robot": [github_repository("robot/mine")],
        "ann": [github_repository("ann/dots.x")],
    }
    fake.on_gitlab.users["ann"] = [gitlab_project("ann/app")]
    fake.on_gitlab.organisations["top"] = [gitlab_project("top/sub/app")]

    assert world.names("github:robot") == ["robot/mine"]
    assert fake.sent("GET", "/user/repos")
    assert world.names("github:ann") == ["ann/dots.x"]
    assert world.names("github:ann/dots.x") == ["ann/dots.x"]
    assert world.names("gitlab:ann") == ["ann/app"]
    assert world.names("gitlab:top/sub/app") == ["top/sub/app"]


@pytest.mark.parametrize("spec", ["github:nobody", "github:no/body", "gitlab:nobody", "gitlab:no/body"])
def test_a_list_that_is_not_there(world, spec):
    """404 is told as what it means, with what to check."""
    with pytest.raises(HostError, match=r"404|no (organisation|group)") as caught:
        world.names(spec)

    assert caught.value.status == 404


@pytest.mark.parametrize(
    "spec",
    [
        "github:",
        "gitlab:",
        "github:a/b/c",
        "github:..",
        "github:a b",
        "gitlab:a/../b",
        "github:a?x=1",
        "svn:x",
    ],
)
def test_a_list_that_can_not_be(fake, world, spec):
    """A name that is none is refused before anything is asked."""
    with pytest.raises(UsageError):
        world.names(spec)

    assert fake.requests == []


def test_specs_are_told_from_addresses():
    """``github:acme`` is a list; a git address, a path or a drive is not."""
    assert is_spec("github:acme")
    assert is_spec("gitlab:a/b")
    assert not any(is_spec(each) for each in ("git@github.com:a/b", "https://github.com/a", "github", "c:/x"))


def test_the_token_must_be_valid(fake, world):
    """401 says what to do and is not repeated."""
    fake.on_github.token = "another"
    with pytest.raises(HostError, match="401") as caught:
        world.names("github:acme")

    assert "token" in caught.value.hint
    assert len(fake.requests) == 1


LIMITS = [
    ("retry-after", 429, {"Retry-After": "7"}, 7),
    ("secondary", 403, {"Retry-After": "30"}, 30),
    ("secondary unsaid", 403, {"x-ratelimit-remaining": "4000"}, 60),
    ("primary", 403, {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "+50"}, 51),
    ("gitlab", 429, {"RateLimit-Remaining": "0", "RateLimit-Reset": "+20"}, 21),
    ("nothing told", 429, {}, 60),
]


@pytest.mark.parametrize(("name", "status", "headers", "seconds"), LIMITS, ids=[each[0] for each in LIMITS])
def test_rate_limits_are_waited_for(fake, world, name, status, headers, seconds):
    """The host's word on how long counts, and the list is complete afterwards."""
    base = int(world.now)
    world.now = float(base)
    sent = {key: str(base + int(value)) if value[0] == "+" else value for key, value in headers.items()}
    sent["Date"] = ""
    fake.on_github.organisations["acme"] = many(github_repository, "acme", 2)
    message = (
        "You have exceeded a secondary rate limit." if "secondary" in name else "API rate limit exceeded"
    )
    fake.fail("/orgs/acme/repos", (status, {"message": message}, sent))

    assert len(world.names("github:acme")) == 2
    assert world.waits[0] == pytest.approx(seconds, abs=2)
    assert "rate limit" in world.said[0]


def test_the_last_request_of_a_window_is_heeded(fake, world):
    """An answer that says none is left makes the next request wait for the window's end."""
    fake.on_github.organisations["acme"] = many(github_repository, "acme", 2)
    headers = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(world.now) + 90)}
    fake.fail("/orgs/acme/repos", (200, [], headers))
    world.names("github:acme")
    assert world.waits == []

    assert len(world.names("github:acme")) == 2
    assert 85 < world.waits[0] < 95


def test_a_limit_that_is_too_long_ends_the_run(fake, world):
    """A day is not waited for: the error says until when."""
    fake.fail("/orgs/acme/repos", (429, {"message": "later"}, {"Retry-After": "86400"}))
    with pytest.raises(HostError, match="86,400 s") as caught:
        world.names("github:acme")

    assert "again after" in caught.value.hint


def test_a_host_that_never_lets_in(fake, world):
    """Refusals without end end the run."""
    fake.fail("/orgs/acme/repos", (429, {"message": "no"}, {"Retry-After": "1"}), times=1000)
    with pytest.raises(HostError, match="429 no"):
        world.names("github:acme")

    assert len(fake.requests) < 20


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_passing_failures_are_asked_again(fake, world, status):
    """5xx answers are repeated with a growing wait; what does not pass is told."""
    fake.on_github.organisations["acme"] = many(github_repository, "acme", 1)
    fake.fail("/orgs/acme/repos", (status, b"<html>bad</html>", {}), times=2)

    assert world.names("github:acme") == ["acme/r000"]
    assert world.waits == [1, 2]

    fake.fail("/orgs/acme/repos", (status, {"message": "down"}, {}), times=100)
    with pytest.raises(HostError, match=f"{status} down"):
        world.names("github:acme")


def test_a_connection_that_breaks_is_asked_again(fake, world):
    """A dropped connection is repeated for what only asks."""
    fake.on_github.organisations["acme"] = many(github_repository, "acme", 1)
    fake.fail("/orgs/acme/repos", drop=True)

    assert world.names("github:acme") == ["acme/r000"]


def test_nobody_there(world, fake):
    """An address where nothing listens is told in words, without a traceback."""
    address = {"github": "http://127.0.0.1:9"}
    dead = Hosts(address, {"GITHUB_TOKEN": CANARY}, world.wait, lambda: world.now)
    with dead, pytest.raises(HostError, match="can't be reached"):
        list(listed("github:acme", dead))

    assert world.waits == [1, 2, 4, 8]


@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.2:{port}/api/v3/orgs/acme/repos?page=2",
        "http://localhost:{port}/api/v3/orgs/acme/repos?page=2",
        "https://127.0.0.1:{port}/x",
        "//evil.test/x",
        "http://127.0.0.1:{port}@evil.test/x",
        "http://evil.test\\@127.0.0.1:{port}/",
        "file:///etc/passwd",
        "http://127.0.0.1:99999999/",
    ],
)
def test_pages_elsewhere_are_refused(fake, world, link):
    """A next page on another origin is not asked for: the token would go there."""
    port = fake.url.rpartition(":")[2]
    fake.fail("/orgs/acme/repos", (200, [], {"Link": f'<{link.format(port=port)}>; rel="next"'}))
    with pytest.raises(HostError, match=r"elsewhere|none"):
        world.names("github:acme")

    assert len(fake.requests) == 1


def test_pages_without_end_are_noticed(fake, world):
    """A list whose next page is one that was read already ends with an error."""
    url = f"{fake.github}/orgs/acme/repos?page=2"
    fake.fail("/orgs/acme/repos", (200, [], {"Link": f'<{url}>; rel="next"'}), times=100)
    with pytest.raises(HostError, match="don't end"):
        world.names("github:acme")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_stay_at_home(fake, world, status):
    """A renamed repository is followed within the host; elsewhere nothing is asked."""
    fake.on_github.organisations["acme"] = [github_repository("acme/new")]
    fake.fail(
        "/repos/acme/old", (status, {"message": "Moved"}, {"Location": f"{fake.github}/repos/acme/new"})
    )
    assert world.names("github:acme/old") == ["acme/new"]

    with FakeHosts() as other:
        fake.fail(
            "/repos/acme/old", (status, {"message": "Moved"}, {"Location": f"{other.github}/repos/acme/x"})
        )
        with pytest.raises(HostError, match="elsewhere"):
            world.names("github:acme/old")
        assert other.requests == []


def test_redirects_that_turn_round(fake, world):
    """A circle of redirects ends."""
    fake.fail("/repos/a/b", (301, {}, {"Location": f"{fake.github}/repos/a/b"}), times=100)
    with pytest.raises(HostError, match="end well"):
        world.names("github:a/b")


@pytest.mark.parametrize(
    "value", [b"<html>", b"", {"message": "no list"}, [1, "x", None], [{}], "text", None]
)
def test_answers_that_make_no_sense(fake, world, value):
    """Whatever a host answers, the error is told in words."""
    fake.fail("/orgs/acme/repos", (200, value, {}), times=9)
    fake.fail("/groups/acme/projects", (200, value, {}), times=9)
    for spec in ("github:acme", "gitlab:acme"):
        with pytest.raises(MigrateError):
            world.names(spec)


def test_opens_a_draft_and_asks_for_reviews(fake, world):
    """GitHub gets a draft for the branch; collaborators are asked; who can't be is named."""
    fake.on_github.people = {"ann"}
    host = world.hosts.of("github")
    pull = host.open("acme/a", PROPOSAL)
    asked = host.ask_reviewers("acme/a", pull, PROPOSAL)

    (kept,) = fake.on_github.pulls["acme/a"]
    assert (kept["draft"], kept["head"]["ref"], kept["base"]["ref"]) == (True, "nf-migrate", "main")
    assert [each["login"] for each in kept["requested_reviewers"]] == ["ann"]
    assert asked.unresolved == ("@acme/ops", "eve@example.com")
    assert "`@acme/ops`, `eve@example.com`." in kept["body"]
    assert (pull.number, pull.state, pull.draft) == (1, PullState.OPEN, True)


def test_teams_are_asked_on_github(fake, world):
    """A team of the owner is asked by its slug, one of another organisation is not."""
    fake.on_github.people, fake.on_github.teams = {"ann"}, {"ops"}
    host = world.hosts.of("github")
    proposal = replace(PROPOSAL, reviewers=("@ann", "@Acme/ops", "@other/ops"))
    asked = host.ask_reviewers("acme/a", host.open("acme/a", proposal), proposal)

    assert [each["slug"] for each in fake.on_github.pulls["acme/a"][0]["requested_teams"]] == ["ops"]
    assert asked.unresolved == ("@other/ops",)


def test_opens_a_draft_merge_request(fake, world):
    """GitLab gets ``Draft:`` in the title and reviewers by their ids; groups and strangers are named."""
    fake.on_gitlab.people = {"Ann", "bob"}
    fake.on_gitlab.most_reviewers = 1
    host = world.hosts.of("gitlab")
    proposal = replace(PROPOSAL, reviewers=("@ann", "@bob", "@g/ops", "@ghost"))
    asked = host.ask_reviewers("g/sub/a", host.open("g/sub/a", proposal), proposal)

    (kept,) = fake.on_gitlab.pulls["g/sub/a"]
    assert kept["title"] == "Draft: Move"
    assert len(kept["reviewers"]) == 1
    assert asked.unresolved == ("@bob", "@ghost", "@g/ops")
    assert "`@bob`, `@ghost`, `@g/ops`." in kept["description"]


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_ready_is_asked_for(fake, world, kind):
    """A proposal that is not a draft is opened as one to review."""
    assert not world.hosts.of(kind).open("a/b", replace(PROPOSAL, draft=False)).draft


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_finds_what_was_opened_before(fake, world, kind):
    """An open one for the branch comes first, then the latest; other branches are not ours."""
    host = world.hosts.of(kind)
    assert host.existing("a/b", "nf-migrate", "main") is None
    host.open("a/b", replace(PROPOSAL, branch="another"))
    assert host.existing("a/b", "nf-migrate", "main") is None
    first = host.open("a/b", PROPOSAL)
    assert host.existing("a/b", "nf-migrate", "main").number == first.number
    site = fake.on_github if kind == "github" else fake.on_gitlab
    site.pulls["a/b"][1]["state"] = "closed"
    assert host.existing("a/b", "nf-migrate", "main").state is PullState.CLOSED
    second = host.open("a/b", PROPOSAL)
    assert host.existing("a/b", "nf-migrate", "main") == second


@pytest.mark.parametrize(("kind", "change", "state"), [
    ("github", {}, "open"),
    ("github", {"state": "closed"}, "closed"),
    ("github", {"state": "closed", "merged_at": "2026-11-24T10:00:00Z"}, "merged"),
    ("gitlab", {}, "open"),
    ("gitlab", {"state": "locked"}, "open"),
    ("gitlab", {"state": "closed"}, "closed"),
    ("gitlab", {"state": "merged"}, "merged"),
])  # fmt: skip
def test_tells_the_state(fake, world, kind, change, state):
    """The state now is open, closed or merged."""
    host = world.hosts.of(kind)
    host.open("a/b", PROPOSAL)
    (fake.on_github if kind == "github" else fake.on_gitlab).pulls["a/b"][0].update(change)

    assert host.current("a/b", 1).state.value == state


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_opening_is_never_repeated_blindly(fake, world, kind):
    """An answer that is lost after the pull request was opened leaves one, and the error says unsure."""
    fake.fail("POST", drop=True)
    with pytest.raises(HostError) as caught:
        world.hosts.of(kind).open("a/b", PROPOSAL)

    assert caught.value.unsure
    assert len(fake.sent("POST")) == 1
    fake.fail("POST", (502, {"message": "gateway"}, {}))
    with pytest.raises(HostError) as caught:
        world.hosts.of(kind).open("a/c", PROPOSAL)

    assert caught.value.unsure
    assert len(fake.sent("POST")) == 2


def test_opening_waits_for_a_limit(fake, world):
    """A refusal for a limit did nothing, so the same is sent again."""
    fake.fail("POST", (403, {"message": "You have exceeded a secondary rate limit"}, {"Retry-After": "5"}))

    assert world.hosts.of("github").open("a/b", PROPOSAL).number == 1
    assert world.waits == [5]


def test_drafts_that_are_not_allowed(fake, world):
    """A plan without drafts is told with the option that helps."""
    message = "Draft pull requests are not supported in this repository."
    fake.fail("POST", (422, {"message": "Validation Failed", "errors": [{"message": message}]}, {}))
    with pytest.raises(HostError, match="not supported") as caught:
        world.hosts.of("github").open("a/b", PROPOSAL)

    assert "--ready" in caught.value.hint


def test_a_note_fits_the_limit():
    """The word on reviewers never makes a body too long, and names as many as fit."""
    owners = tuple(f"@person-{number}" for number in range(200))
    text = noted("x" * (LIMIT - 600), owners)

    assert len(text) <= LIMIT
    assert "more." in text
    assert len(noted("x" * (LIMIT - 100), ("@" + "y" * 300,))) <= LIMIT


def test_no_message_holds_the_token(fake, world, capfd):
    """A host that repeats what it was sent, and addresses with it, bring the token into no error."""
    loud = {"message": f"no {CANARY}", "errors": [CANARY, {"message": CANARY}], "error": CANARY}
    for status in (400, 401, 403, 404, 422, 500):
        fake.fail("", (status, loud, {}), times=6)
        with pytest.raises(HostError) as caught:
            world.hosts.of("github").open("a/b", PROPOSAL)
        shown = f"{caught.value!r} {caught.value} {caught.value.message} {caught.value.hint}"
        assert CANARY not in shown
        fake.faults.clear()
    fake.fail("/orgs", (200, [], {"Link": f'<http://evil.test/?t={CANARY}>; rel="next"'}))
    with pytest.raises(HostError) as caught:
        world.names("github:acme")
    assert CANARY not in str(caught.value)
    assert CANARY not in repr((world.hosts, world.hosts.of("github"), Token(CANARY)))
    assert CANARY not in "".join(capfd.readouterr())
    assert CANARY not in "".join(world.said)


def test_the_token_goes_only_where_it_belongs(fake):
    """Without a token none is sent; GitLab's is not sent to GitHub."""
    fake.on_github.token = ""
    fake.on_github.organisations["acme"] = [github_repository("acme/a")]
    with Hosts({"github": fake.github}, {"GITLAB_TOKEN": CANARY}) as hosts:
        list(listed("github:acme", hosts))

    assert all("authorization" not in each.headers for each in fake.requests)
    assert CANARY not in json.dumps([[each.path, dict(each.headers)] for each in fake.requests])


@pytest.mark.parametrize("value", ["a\nb", "a b", "tökén", "a\x00b"])
def test_a_token_that_can_not_be_one(value):
    """A value that no header field may hold is refused without showing it."""
    with pytest.raises(UsageError) as caught:
        token_for("github", {"GH_TOKEN": value})

    assert value not in caught.value.message


def test_which_token():
    """The first variable that is set counts; a CI job's own token does not."""
    assert token_for("github", {"GITHUB_TOKEN": "a", "GH_TOKEN": "b"}).value == "a"
    assert token_for("github", {"GITHUB_TOKEN": " ", "GH_TOKEN": "b\n"}).value == "b"
    assert not token_for("gitlab", {"CI_JOB_TOKEN": "x", "GITHUB_TOKEN": "y"})


@pytest.mark.parametrize(
    "base",
    [
        "http://github.acme.test/api",
        "ftp://x",
        "x",
        "",
        "https://",
        "https://u:p@h/",
        "https://h/?q",
        "https:h",
    ],
)
def test_an_address_that_can_not_be(base):
    """The API's address is HTTPS, so that the token is never sent in the clear."""
    with pytest.raises(UsageError):
        checked_base(base)


def test_addresses():
    """What is set comes before the public API."""
    assert Hosts({}, {}).address("github") == "https://api.github.com"
    assert Hosts({"github": "https://x.test/api/v3/"}, {}).address("github") == "https://x.test/api/v3"


@pytest.mark.parametrize(
    ("url", "good"),
    [
        ("https://github.com/a/b.git", True),
        ("https://token@github.com/a/b.git", False),
        ("http://github.com/a/b.git", False),
        ("file:///etc", False),
        ("git://x/y", False),
        ("https://x/ y", False),
        ("-oProxyCommand=x", False),
        ("https://x", False),
    ],
)
def test_clone_addresses(url, good):
    """Only an HTTPS address without a password is given to git."""
    assert clone_address(url) == (url if good else "")


@pytest.mark.parametrize("status", [200, 401, 403, 404, 422, 500])
def test_what_is_no_limit(status):
    """Other refusals are not waited for."""
    assert limits.refused_for(status, {"x-ratelimit-remaining": "12"}, "no", 0.0) is None


def test_a_date_to_retry_after():
    """Retry-After may be a date, measured by the host's own clock."""
    headers = {"retry-after": "Tue, 24 Nov 2026 10:01:00 GMT", "date": "Tue, 24 Nov 2026 10:00:00 GMT"}

    assert limits.refused_for(429, headers, "", 0.0) == 60


def test_a_client_closes():
    """A client lets its connections go."""
    client = Client("https://example.test", Token(), headers={})
    client.close()
    with pytest.raises(RuntimeError):
        client.get("/x")


def test_an_apps_token_is_nobodys(fake, world):
    """A token that may not ask who it is lists what is public of a user; another failure there is told."""
    fake.on_github.users["ann"] = [github_repository("ann/a")]
    fake.fail("GET /api/v3/user", (403, {"message": "Resource not accessible by integration"}, {}))
    assert world.names("github:ann") == ["ann/a"]

    fake.fail("GET /api/v3/user", (500, {"message": "down"}, {}), times=9)
    with pytest.raises(HostError, match="down"):
        world.names("github:ann")


@pytest.mark.parametrize(
    ("owners", "posts", "unresolved"),
    [
        (("@ghost",), 1, ("@ghost",)),
        (("a@example.com",), 0, ("a@example.com",)),
        (("@ann",), 1, ()),
        (("@ann", "@ghost", "@acme/none"), 4, ("@ghost", "@acme/none")),
        (tuple(f"@p{n}" for n in range(20)), 16, tuple(f"@p{n}" for n in range(20))),
        (("@",), 0, ()),
    ],
)
def test_reviewers_one_by_one(fake, world, owners, posts, unresolved):
    """Where one can't be asked the others still are, each once; at most fifteen are tried."""
    fake.on_github.people = {"ann"}
    host = world.hosts.of("github")
    proposal = replace(PROPOSAL, reviewers=owners)
    asked = host.ask_reviewers("acme/a", host.open("acme/a", proposal), proposal)

    assert asked.unresolved == unresolved
    assert len(fake.sent("POST", "requested_reviewers")) == posts


def test_reviewers_that_a_plan_refuses(fake, world):
    """A refusal of GitLab's to take reviewers leaves them named; a failure of the host is told."""
    fake.on_gitlab.people = {"ann"}
    host = world.hosts.of("gitlab")
    proposal = replace(PROPOSAL, reviewers=("@ann",))
    pull = host.open("g/a", proposal)
    fake.fail("PUT", (403, {"message": "403 Forbidden"}, {}))
    assert host.ask_reviewers("g/a", pull, proposal).unresolved == ("@ann",)
    fake.fail("PUT", (500, {"message": "down"}, {}))
    with pytest.raises(HostError, match="down"):
        host.ask_reviewers("g/a", pull, proposal)


@pytest.mark.parametrize("kind", ["github", "gitlab"])
def test_a_body_that_a_person_changed_stays(fake, world, kind):
    """The word on reviewers is written only where the body is still the one that was sent."""
    host = world.hosts.of(kind)
    pull = host.open("a/b", PROPOSAL)
    site, field = (fake.on_github, "body") if kind == "github" else (fake.on_gitlab, "description")
    site.pulls["a/b"][0][field] = "A person's words."
    host.ask_reviewers("a/b", host.current("a/b", pull.number), PROPOSAL)

    assert site.pulls["a/b"][0][field] == "A person's words."


@pytest.mark.parametrize("kind", ["github", "gitlab"])
@pytest.mark.parametrize("value", [{}, [], None, {"number": "x", "iid": True}, "text"])
def test_pull_requests_that_are_none(fake, world, kind, value):
    """An answer to opening that is no pull request is told."""
    fake.fail("POST", (201, value, {}))
    with pytest.raises(HostError, match=r"no (pull|merge) request"):
        world.hosts.of(kind).open("a/b", PROPOSAL)
