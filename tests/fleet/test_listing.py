"""REPOS: all its forms, and what is said of bad ones."""

import pytest

from migrate.errors import NothingScannedError, UsageError
from migrate.fleet.listing import listed
from migrate.fleet.model import Repository
from migrate.fleet.naming import unique
from tests.repository import commit, git


def none(spec):
    """No host is to be asked."""
    raise AssertionError(spec)


def names(*specs, on_host=none):
    """Names and locations."""
    return [(each.name, each.location) for each in listed([str(each) for each in specs], on_host)]


def test_lines_with_comments(tmp_path):
    """Each line of a plain file is a repository; comments and empty lines are none."""
    path = tmp_path / "repos.txt"
    path.write_text(
        "# ours\n\nhttps://git.example.org/acme/api.git  # the API\r\n"
        "git@git.example.org:acme/web.git\nssh://git@git.example.org:22/acme/ops\n"
    )
    assert names(path) == [
        ("acme/api", "https://git.example.org/acme/api.git"),
        ("acme/ops", "ssh://git@git.example.org:22/acme/ops"),
        ("acme/web", "git@git.example.org:acme/web.git"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "r.toml",
            'repositories = ["https://h.example/a/b", {name = "c", location = "https://h.example/x/c"}]',
        ),
        ("r.yaml", "- https://h.example/a/b\n- name: c\n  url: https://h.example/x/c\n"),
        ("r.yml", "repositories:\n- https://h.example/a/b\n- {name: c, location: https://h.example/x/c}\n"),
        ("r.csv", "location,name,team\nhttps://h.example/a/b,,x\n\nhttps://h.example/x/c,c,y\n"),
        ("r.csv", "\ufeffname,url\n,https://h.example/a/b\nc,https://h.example/x/c\n"),
        ("r.list", "https://h.example/a/b\nhttps://h.example/x/c"),
    ],
)
def test_forms_of_files(tmp_path, name, text):
    """TOML, YAML, CSV and lines name the same repositories."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = names(path)
    assert [location for _, location in found] == ["https://h.example/a/b", "https://h.example/x/c"]
    assert found[0][0] == "a/b"


def test_folder_of_checkouts(tmp_path):
    """Checkouts and bare repositories at some depth, each by its path; links are not followed."""
    commit(tmp_path / "all" / "acme" / "api", {"a": "b"})
    commit(tmp_path / "all" / "web", {"a": "b"})
    git(tmp_path, "clone", "--quiet", "--bare", "all/web", "all/mirror.git")
    git(tmp_path / "all" / "web", "worktree", "add", "--quiet", "../linked")
    (tmp_path / "all" / "notes").mkdir()
    (tmp_path / "all" / "loop").symlink_to(tmp_path / "all")
    found = listed([str(tmp_path / "all")], none)
    assert [(each.name, each.is_checkout) for each in found] == [
        ("acme/api", True),
        ("linked", True),
        ("mirror", False),
        ("web", True),
    ]
    assert found[0].location == str((tmp_path / "all/acme/api").resolve())


def test_paths_in_a_file_are_relative_to_it(tmp_path, monkeypatch):
    """A list can be used from anywhere."""
    commit(tmp_path / "lists" / "one", {"a": "b"})
    (tmp_path / "lists" / "repos").write_text("one\n")
    monkeypatch.chdir(tmp_path)
    assert names("lists/repos") == [("one", str((tmp_path / "lists/one").resolve()))]


def test_hosts_are_asked(tmp_path):
    """github: and gitlab: stand for what the host lists, on the command line and in files."""
    path = tmp_path / "repos"
    path.write_text("gitlab:acme/jobs\n")
    asked = []

    def on_host(spec):
        asked.append(spec)
        return [Repository(f"{spec[7:]}/x", f"https://h.example/{spec[7:]}/x.git", host=spec[:6])]

    assert names("github:acme", path, on_host=on_host) == [
        ("acme/jobs/x", "https://h.example/acme/jobs/x.git"),
        ("acme/x", "https://h.example/acme/x.git"),
    ]
    assert asked == ["github:acme", "gitlab:acme/jobs"]


def test_repository_named_twice_is_one(tmp_path):
    """The same place counts once."""
    assert len(names("https://h.example/a/b", "https://h.example/a/b")) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("--upload-pack=touch", "names no repository"),
        ("ext::sh -c touch% x", "a way to run programs"),
        ("fd::17", "a way to run programs"),
        ("ext://h.example/x", "may not fetch through `ext`"),
        ("ftp://h.example/x", "may not fetch through `ftp`"),
        ("ssh://-oProxyCommand=touch/x", "not that of a repository"),
        ("-oProxyCommand=x:y", "names no repository"),
        ("https://h.example/", "names no repository"),
        ("https://[oops/x", "can't be understood"),
        ("nowhere", "is not there"),
        ("a\x1b[2Jb", "names no repository"),
        ("https://h.example/%1b%5bx", "no name that can be shown"),
    ],
)
def test_bad_line_is_told_with_its_place(tmp_path, line, said):
    """File and line, what is wrong, and what to write."""
    path = tmp_path / "repos.txt"
    path.write_text(f"# one\n{line}\n")
    with pytest.raises(UsageError) as caught:
        names(path)
    assert caught.value.message.startswith(f"{path}:2: ")
    assert said in caught.value.message
    assert caught.value.hint


@pytest.mark.parametrize(
    "location",
    [
        "https://user:s3cret@h.example/a/b",
        "https://s3cret@h.example/a/b",
        "https://h.example/a/b?private_token=s3cret",
        "ssh://git:s3cret@h.example/a/b",
        "https:/user:s3cret@h.example/a/b",
        "https://user:s3cret@[oops/a/b",
        "ext://s3cret@h.example/x",
    ],
)
def test_secret_in_a_url_is_refused_and_not_repeated(location):
    """A token is neither kept nor shown, not even in the error."""
    with pytest.raises(UsageError) as caught:
        names(location)
    assert "s3cret" not in f"{caught.value.message} {caught.value.hint}"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("r.toml", "repositories = [", "r.toml: "),
        ("r.toml", "repositories = [1]", "entry 1 is 1"),
        ("r.toml", "other = 1", "no list of repositories"),
        (
            "r.toml",
            '[[repositories]]\nlocation = "https://h.example/a/b"\nbranch = "x"',
            "unknown key `branch`",
        ),
        ("r.toml", "[[repositories]]\nlocation = 1", "1 is not a text"),
        ("r.yaml", "a: [", "r.yaml: "),
        ("r.yaml", "!!python/object/apply:os.system ['touch x']", "r.yaml: "),
        ("r.csv", "https://h.example/a/b\n", "no column is called `location`"),
        ("r.csv", 'location\n"https://h.example/a/b"x\n', "r.csv:2: "),
        ("r.csv", "location,name\n,x\n", "r.csv:2: "),
        ("r.txt", b"\xff\xfe", "not UTF-8"),
    ],
)
def test_bad_file_is_told(tmp_path, name, text, said):
    """No form of file ends in a traceback."""
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UsageError) as caught:
        names(path)
    assert said in caught.value.message


def test_two_places_of_one_name_get_longer_names():
    """Each is called by its host, whichever the order."""
    both = ["https://one.example/a/b", "git@two.example:a/b.git"]
    for order in (both, both[::-1]):
        assert names(*order, "https://one.example/a/c") == [
            ("a/c", "https://one.example/a/c"),
            ("one.example/a/b", both[0]),
            ("two.example/a/b", both[1]),
        ]


def test_one_place_by_two_transports_is_one():
    """Nothing is done twice because a repository is written in two ways."""
    assert len(names("https://h.example/a/b", "git@h.example:a/b.git", "ssh://git@H.example/a/b.git/")) == 1


def test_two_folders_of_one_name_get_longer_names(tmp_path):
    """Paths, too, and a name next to its bare twin."""
    made = [commit(tmp_path / name, {"x": "y"}) for name in ("a/s", "b/s", "c/t", "c/t.git")]
    assert [name for name, _ in names(*made)][:2] == ["a/s", "b/s"]
    assert len({name for name, _ in names(*made)}) == 4


def test_name_that_is_given_twice_is_refused(tmp_path):
    """What a person wrote is not changed."""
    path = tmp_path / "r.toml"
    path.write_text(
        'repositories = [{name = "x", location = "https://h.example/a/b"},'
        ' {name = "x", location = "https://h.example/a/c"}]'
    )
    with pytest.raises(UsageError, match="two repositories are called `x`"):
        names(path)


def test_state_keeps_a_repository_its_name():
    """The same place has one name over all runs; a name of another place is not taken."""
    known = {"a/b": "https://one.example/a/b.git"}
    found = unique(
        [Repository("b", "git@one.example:a/b"), Repository("a/b", "https://two.example/a/b")], known=known
    )
    assert [(each.name, each.location) for each in found] == [
        ("a/b", "git@one.example:a/b"),
        ("two.example/a/b", "https://two.example/a/b"),
    ]


def test_folder_with_an_odd_name_stops_nothing(tmp_path):
    """Names that steer a terminal are shown escaped; what lost its HEAD is listed, to be told."""
    for name in ("a\x1b[31mb", "c\nd", "plain"):
        commit(tmp_path / "all" / name, {"x": "y"})
    (tmp_path / "all" / "plain" / ".git" / "HEAD").unlink()
    assert [name for name, _ in names(tmp_path / "all")] == ["a\\x1b[31mb", "c\\nd", "plain"]


def test_path_in_a_list_that_is_gone_stops_nothing(tmp_path):
    """It is a repository, which fails when it is asked; what is no path is told at once."""
    commit(tmp_path / "here", {"x": "y"})
    path = tmp_path / "repos.txt"
    path.write_text("./here\n./gone/it.git\n")
    assert names(path) == [("gone/it", str(tmp_path / "gone" / "it.git")), ("here", str(tmp_path / "here"))]
    with pytest.raises(UsageError, match="is not there"):
        names(tmp_path / "gone")
    path.write_text('["./here"]\n')
    with pytest.raises(UsageError, match="is not there"):
        names(path)


def test_nothing_named(tmp_path):
    """An empty list is said to be empty."""
    path = tmp_path / "repos"
    path.write_text("# none yet\n")
    with pytest.raises(NothingScannedError):
        names(path)
