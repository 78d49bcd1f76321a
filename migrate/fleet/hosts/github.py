"""GitHub's REST API, on github.com and on GitHub Enterprise Server.

https://docs.github.com/en/rest/repos/repos, https://docs.github.com/en/rest/pulls/pulls,
https://docs.github.com/en/rest/pulls/review-requests
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from migrate.errors import UsageError
from migrate.fleet.hosts.client import Client, HostError
from migrate.fleet.hosts.fields import text
from migrate.fleet.hosts.found import Found, Skip, clone_address
from migrate.fleet.hosts.proposals import Proposal, PullRequest, PullState, Reviewers, noted, same_text
from migrate.fleet.model import GITHUB, Repository

DEFAULT_API = "https://api.github.com"
HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}

_NAME = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)?")


class GitHub:
    """One GitHub. Every method raises HostError."""

    kind = GITHUB

    def __init__(self, client: Client) -> None:
        self._client = client

    def repositories(self, name: str, on_skip: Skip) -> Iterator[Repository]:
        """Those of an organisation or a user, or the one that ``owner/name`` names."""
        if not _NAME.fullmatch(name) or any(part in {".", ".."} for part in name.split("/")):
            raise UsageError(
                f"github:{name!s} names no organisation, user or repository.",
                "It looks like github:ORG or github:OWNER/NAME",
            )
        found = [self._client.get(f"/repos/{name}")] if "/" in name else self._of_owner(name)
        for each in found:
            repository = self._repository(each, on_skip)
            if repository:
                yield repository

    def _of_owner(self, name: str) -> Iterator[Any]:
        """An organisation's, else a user's: also the private ones where the token is that user's own."""
        try:
            yield from self._client.pages(f"/orgs/{name}/repos", type="all")
        except HostError as error:
            if error.status != 404:
                raise
        else:
            return
        if self._client.token and self._own_login().casefold() == name.casefold():
            yield from self._client.pages("/user/repos", affiliation="owner")
            return
        try:
            yield from self._client.pages(f"/users/{name}/repos", type="owner")
        except HostError as error:
            raise _unknown(error, name) from None

    def _own_login(self) -> str:
        try:
            return text(self._client.get("/user"), "login")
        except HostError as error:  # an app's token is nobody's
            if error.status in {403, 404}:
                return ""
            raise

    def _repository(self, value: Any, on_skip: Skip) -> Repository | None:
        found = Found(
            full_name=text(value, "full_name"),
            address=clone_address(text(value, "clone_url")),
            default_branch=text(value, "default_branch"),
            skip=_skip(value),
        )
        return found.repository(self.kind, self._client.base, on_skip)

    def existing(self, full_name: str, branch: str, base: str) -> PullRequest | None:
        """The latest pull request for a branch of the repository itself, an open one first."""
        owner = full_name.partition("/")[0]
        listed = self._client.pages(
            f"/repos/{_path(full_name)}/pulls", head=f"{owner}:{branch}", base=base, state="all"
        )
        # A name that the filter does not know makes it list everything: compare again.
        ours = [
            _pull(each)
            for each in listed
            if text(each, "head", "ref") == branch
            and text(each, "head", "repo", "full_name").casefold() in {"", full_name.casefold()}
        ]
        return min(ours, key=lambda pull: (pull.state is not PullState.OPEN, -pull.number), default=None)

    def open(self, full_name: str, proposal: Proposal) -> PullRequest:
        """Open a pull request. Raises HostError."""
        body = {
            "title": proposal.title,
            "head": proposal.branch,
            "base": proposal.base,
            "body": proposal.body,
            "draft": proposal.draft,
        }
        try:
            return _pull(self._client.send("POST", f"/repos/{_path(full_name)}/pulls", body))
        except HostError as error:
            if error.status == 422 and "draft" in error.message.lower():
                hint = "Drafts are not for every plan: open those of this repository with --ready"
                raise HostError(error.message, hint, status=422) from None
            raise

    def ask_reviewers(self, full_name: str, pull: PullRequest, proposal: Proposal) -> PullRequest:
        """Ask owners for a review; those who can't be asked are named in the body."""
        reviewers = Reviewers.of(proposal.reviewers)
        path = f"/repos/{_path(full_name)}/pulls/{pull.number}"
        owner = full_name.partition("/")[0].casefold()
        foreign = tuple(each for each in reviewers.groups if each.partition("/")[0].casefold() != owner)
        teams = tuple(each.partition("/")[2] for each in reviewers.groups if each not in foreign)
        refused = self._refused(path, reviewers.users, teams)
        unresolved = (
            *(f"@{each}" for each in reviewers.users if each in refused),
            *(
                f"@{each}"
                for each in reviewers.groups
                if each in foreign or each.partition("/")[2] in refused
            ),
            *reviewers.others,
        )
        if unresolved and same_text(pull.body, proposal.body):
            self._client.send("PATCH", path, {"body": noted(proposal.body, unresolved)})
        return replace(pull, unresolved=unresolved)

    def _refused(self, path: str, users: Sequence[str], teams: Sequence[str]) -> set[str]:
        """Ask all at once; where one of them can't be asked GitHub refuses all, so then one at a time."""
        if not users and not teams:
            return set()
        ask: Callable[[Mapping[str, Any]], bool] = lambda body: self._asked(path, body)  # noqa: E731
        if ask({"reviewers": list(users), "team_reviewers": list(teams)}):
            return set()
        if len(users) + len(teams) == 1:
            return {*users, *teams}
        return {each for each in users if not ask({"reviewers": [each]})} | {
            each for each in teams if not ask({"team_reviewers": [each]})
        }

    def _asked(self, path: str, body: Mapping[str, Any]) -> bool:
        try:
            self._client.send("POST", f"{path}/requested_reviewers", body)
        except HostError as error:
            if error.status in {403, 404, 422}:
                return False
            raise
        return True

    def current(self, full_name: str, number: int) -> PullRequest:
        """A pull request as it is now."""
        return _pull(self._client.get(f"/repos/{_path(full_name)}/pulls/{number}"))


def _skip(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    if value.get("archived") is True:
        return "archived"
    return "disabled" if value.get("disabled") is True else ""


def _unknown(error: HostError, name: str) -> HostError:
    if error.status != 404:
        return error
    return HostError(
        f"There is no organisation or user {name} on GitHub, or the token may not see it.",
        "Check the name, and the token's scopes (repo, read:org).",
        status=404,
    )


def _path(full_name: str) -> str:
    return quote(full_name, safe="/")


def _pull(value: Any) -> PullRequest:
    number = value.get("number") if isinstance(value, dict) else None
    if not isinstance(number, int):
        raise HostError("GitHub answered with something that is no pull request.", unsure=True)
    state = PullState.OPEN if value.get("state") == "open" else PullState.CLOSED
    if value.get("merged_at") or value.get("merged"):
        state = PullState.MERGED
    return PullRequest(
        number,
        text(value, "html_url"),
        state,
        head=text(value, "head", "sha"),
        draft=value.get("draft") is True,
        body=text(value, "body"),
        asked=bool(value.get("requested_reviewers") or value.get("requested_teams")),
    )
