"""What counts as Northflank's, and what doesn't."""

import pytest

from migrate import evidence
from migrate.model import HOLE


@pytest.mark.parametrize(
    "prefix",
    [
        "https://example.com/api",
        "https://example.com/v1/projects/p",
        "http://jenkins.local",
        "http://localhost:3000",
    ],
)
def test_another_host_is_foreign(prefix):
    """Another literal host speaks against a use, even with a path like Northflank's."""
    assert evidence.combine(evidence.of_url(prefix)).foreign


@pytest.mark.parametrize(
    "prefix",
    [
        "https://api.northflank.com/v1/projects/p",
        f"{HOLE}/v1/projects/{HOLE}",
        f"/v1/teams/{HOLE}/projects/{HOLE}",
        "http://127.0.0.1:8080/v1/projects/p",
    ],
)
def test_host_or_prefix_is_strong(prefix):
    """The API's host or its prefix with a project suffices."""
    assert evidence.combine(evidence.of_url(prefix)).strong


@pytest.mark.parametrize("prefix", ["", "/api", HOLE, f"{HOLE}/api"])
def test_the_path_alone_proves_nothing(prefix):
    """Without more, a place is neither ours nor evidently somebody else's."""
    found = evidence.combine(evidence.of_url(prefix))

    assert not found.strong
    assert not found.foreign


def test_two_facts_are_strong_unless_something_speaks_against_it():
    """A project in the path and a moved key in the payload suffice together, but not against a host."""
    project = evidence.of_url(f"{HOLE}/projects/{HOLE}")
    payload = evidence.of_payload(frozenset({"backoffLimit"}), "")

    assert not project.strong
    assert not payload.strong
    assert evidence.combine(project, payload).strong
    assert not evidence.combine(project, payload, evidence.of_url("https://example.com/x")).strong


@pytest.mark.parametrize("words", ["NORTHFLANK_TOKEN", "northflankClient", "NF_API_URL"])
def test_names_that_name_the_product(words):
    """A name with the product in it is evidence."""
    assert evidence.of_words(words, "the name").strong


@pytest.mark.parametrize("words", ["conf_api", "rnf-token", "info"])
def test_names_that_only_look_alike(words):
    """Letters inside of other words are no evidence."""
    assert not evidence.of_words(words, "the name").strong


def test_a_gateway_named_after_the_product_is_a_fact():
    """A host of one's own that names the product is evidence for, not against."""
    found = evidence.of_url("https://northflank-gateway.example/v1/projects/p")

    assert found.strong
    assert not found.contra


def test_strong_evidence_with_something_against_it_is_contested():
    """Another host and a payload that is evidently Northflank's: neither rewritten nor dismissed."""
    found = evidence.combine(
        evidence.of_url("https://example.com"), evidence.of_words("northflank", "the file")
    )

    assert found.contested
    assert not found.strong
    assert not found.foreign


def test_the_file_alone_is_one_fact():
    """A file that names the product proves nothing by that: what is deployed there names it as well."""
    found = evidence.of_file("// hosted on Northflank")

    assert found.pro
    assert not found.strong
    assert evidence.combine(found, evidence.of_payload(frozenset({"backoffLimit"}), "")).strong
