"""Which host an address is on."""

import pytest

from migrate.errors import UsageError
from migrate.fleet.hosts import Hosts
from migrate.fleet.hosts.locate import located, named
from migrate.fleet.model import Repository

APIS = {"github": "https://git.acme.test/api/v3", "gitlab": "https://lab.acme.test/api/v4"}


@pytest.mark.parametrize(
    ("address", "kind", "name"),
    [
        ("https://github.com/acme/a.git", "github", "acme/a"),
        ("https://github.com/acme/a/", "github", "acme/a"),
        ("git@github.com:acme/a.git", "github", "acme/a"),
        ("ssh://git@github.com:22/acme/a", "github", "acme/a"),
        ("ssh://git@ssh.github.com:443/acme/a.git", "github", "acme/a"),
        ("https://user@gitlab.com/g/sub/a.git", "gitlab", "g/sub/a"),
        ("git@git.acme.test:acme/a.git", "github", "acme/a"),
        ("https://lab.acme.test/g/a", "gitlab", "g/a"),
        ("https://github.com/a/b/c", "", ""),
        ("https://github.com/acme", "", ""),
        ("https://github.com/../../x", "", ""),
        ("https://evil.test/github.com/a", "", ""),
        ("https://github.com.evil.test/a/b", "", ""),
        ("/srv/git/a.git", "", ""),
        ("file:///github.com/a/b", "", ""),
        ("C:\\a\\b", "", ""),
        ("https://[bad/a/b", "", ""),
        ("github.com:acme/a b", "", ""),
    ],
)
def test_host_by_address(address, kind, name):
    """Public hosts and those whose API was set are known by every form of address; nothing else is."""
    found = located(Repository("x", address), address, APIS)

    assert (found.host, found.full_name) == (kind, name)


def test_a_public_repository_is_not_taken_for_one_of_another_api():
    """What is on github.com stays with its API where another one is set."""
    found = located(Repository("x", "https://github.com/a/b"), "https://github.com/a/b", APIS)

    assert found.api_url == "https://api.github.com"
    with pytest.raises(UsageError), Hosts(APIS, {}) as hosts:
        hosts.of_repository(found)


def test_a_known_host_stays():
    """What a list said is not overruled by an address."""
    known = Repository("x", "https://github.com/a/b", host="gitlab", full_name="g/a")

    assert located(known, known.location, APIS) == known


def test_a_name_is_a_path():
    """A host without a path names no repository."""
    assert named("https://github.com") == ("", "")
