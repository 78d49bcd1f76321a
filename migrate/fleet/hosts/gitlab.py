"""GitLab's REST API, on gitlab.com and self-managed.

https://docs.gitlab.com/api/groups/, https://docs.gitlab.com/api/projects/,
https://docs.gitlab.com/api/merge_requests/, https://docs.gitlab.com/api/rest/#pagination
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from migrate.errors import UsageError
from migrate.fleet.hosts.client import Client, HostError
from migrate.fleet.hosts.fields import text, whole
from migrate.fleet.hosts.found import Found, Skip, clone_address
from migrate.fleet.hosts.proposals import Proposal, PullRequest, PullState, Reviewers, noted, same_text
from migrate.fleet.model import GITLAB, Repository

DEFAULT_API = "https://gitlab.com/api/v4"
HEADERS = {"Accept": "application/json"}

_DRAFT = "Draft: "
_PATH = re.compile(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*")
_STATES = {"opened": PullState.OPEN, "locked": PullState.OPEN, "merged": PullState.MERGED}


class GitLab:
    """One GitLab. Every method raises HostError."""

    kind = GITLAB

    def __init__(self, client: Client) -> None:
        self._client = client
        self._ids: dict[str, int | None] = {}

    def repositories(self, name: str, on_skip: Skip) -> Iterator[Repository]:
        """Those of a group and its subgroups, of a user, or the one project of that path."""
        if not _PATH.fullmatch(name) or any(part in {".", ".."} for part in name.split("/")):
            raise UsageError(
                f"gitlab:{name} names no group, user or project.",
                "It looks like gitlab:GROUP or gitlab:GROUP/SUBGROUP",
            )
        for each in self._projects(name):
            repository = self._repository(each, on_skip)
            if repository:
                yield repository

    def _projects(self, name: str) -> Iterator[Any]:
        query: dict[str, str | int] = {"order_by": "id", "sort": "asc"}
        attempts: list[tuple[str, dict[str, str | int]]] = [
            (f"/groups/{_id(name)}/projects", {**query, "include_subgroups": "true", "with_shared": "false"})
        ]
        if "/" not in name:
            attempts.append((f"/users/{_id(name)}/projects", query))
        for path, parameters in attempts:
            try:
                yield from self._client.pages(path, **parameters)
            except HostError as error:
                if error.status != 404:
                    raise
            else:
                return
        if "/" in name:
            yield self._project(name)
            return
        raise _unknown(name)

    def _project(self, name: str) -> Any:
        try:
            return self._client.get(f"/projects/{_id(name)}")
        except HostError as error:
            raise (_unknown(name) if error.status == 404 else error) from None

    def _repository(self, value: Any, on_skip: Skip) -> Repository | None:
        found = Found(
            full_name=text(value, "path_with_namespace"),
            address=clone_address(text(value, "http_url_to_repo")),
            default_branch=text(value, "default_branch"),
            skip=_skip(value),
        )
        return found.repository(self.kind, self._client.base, on_skip)

    def existing(self, full_name: str, branch: str, base: str) -> PullRequest | None:
        """The latest merge request for a branch of the project itself, an open one first."""
        listed = self._client.pages(
            f"/projects/{_id(full_name)}/merge_requests",
            source_branch=branch,
            target_branch=base,
            state="all",
        )
        ours = [
            _pull(each)
            for each in listed
            if text(each, "source_branch") == branch
            and whole(each, "source_project_id") == whole(each, "target_project_id")
        ]
        return min(ours, key=lambda pull: (pull.state is not PullState.OPEN, -pull.number), default=None)

    def open(self, full_name: str, proposal: Proposal) -> PullRequest:
        """Open a merge request."""
        body = {
            "source_branch": proposal.branch,
            "target_branch": proposal.base,
            "title": f"{_DRAFT if proposal.draft else ''}{proposal.title}",
            "description": proposal.body,
        }
        return _pull(self._client.send("POST", f"/projects/{_id(full_name)}/merge_requests", body))

    def ask_reviewers(self, full_name: str, pull: PullRequest, proposal: Proposal) -> PullRequest:
        """Ask owners for a review; those who can't be asked are named in the description.

        Groups can't be reviewers, and some plans take one reviewer only: the answer tells.
        """
        reviewers = Reviewers.of(proposal.reviewers)
        path = f"/projects/{_id(full_name)}/merge_requests/{pull.number}"
        ids = {name: found for name in reviewers.users if (found := self._id_of(name)) is not None}
        asked = self._asked(path, list(ids.values())) if ids else set()
        unresolved = (
            *(f"@{each}" for each in reviewers.users if ids.get(each) not in asked),
            *(f"@{each}" for each in reviewers.groups),
            *reviewers.others,
        )
        if unresolved and same_text(pull.body, proposal.body):
            self._client.send("PUT", path, {"description": noted(proposal.body, unresolved)})
        return replace(pull, unresolved=unresolved)

    def _asked(self, path: str, ids: Sequence[int]) -> set[int | None]:
        try:
            answer = self._client.send("PUT", path, {"reviewer_ids": list(ids)})
        except HostError as error:
            if error.status in {400, 403, 422}:
                return set()
            raise
        listed = answer.get("reviewers") if isinstance(answer, dict) else None
        return (
            {whole(each, "id") for each in listed if whole(each, "id")} if isinstance(listed, list) else set()
        )

    def _id_of(self, name: str) -> int | None:
        """A user's number, asked for once."""
        if name not in self._ids:
            self._ids[name] = self._user(name)
        return self._ids[name]

    def _user(self, name: str) -> int | None:
        found = self._client.get("/users", username=name)
        for each in found if isinstance(found, list) else []:
            if text(each, "username").casefold() == name.casefold() and text(each, "state") in {"", "active"}:
                return whole(each, "id")
        return None

    def current(self, full_name: str, number: int) -> PullRequest:
        """A merge request as it is now."""
        return _pull(self._client.get(f"/projects/{_id(full_name)}/merge_requests/{number}"))


def _id(path: str) -> str:
    """A namespaced path as one segment of a URL."""
    return quote(path, safe="")


def _skip(value: Any) -> str:
    if not isinstance(value, dict):
        return ""
    if value.get("archived") is True:
        return "archived"
    if value.get("marked_for_deletion_on") or value.get("marked_for_deletion_at"):
        return "marked for deletion"
    if value.get("repository_access_level") == "disabled":
        return "has no repository"
    return "empty" if value.get("empty_repo") is True else ""


def _unknown(name: str) -> HostError:
    return HostError(
        f"There is no group, user or project {name} on GitLab, or the token may not see it.",
        "Check the path, and the token's scopes (read_api, or api to open merge requests).",
        status=404,
    )


def _pull(value: Any) -> PullRequest:
    number = whole(value, "iid")
    if number is None:
        raise HostError("GitLab answered with something that is no merge request.", unsure=True)
    state = _STATES.get(text(value, "state"), PullState.CLOSED)
    return PullRequest(
        number,
        text(value, "web_url"),
        state,
        head=text(value, "sha"),
        draft=value.get("draft") is True,
        body=text(value, "description"),
        asked=bool(value.get("reviewers")),
    )
