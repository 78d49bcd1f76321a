"""A real HTTP server on loopback that answers as the APIs of GitHub (/api/v3) and GitLab (/api/v4) do.

Shapes of answers, status codes and header fields after the public documentation; fields that nobody
here reads are left out where they are many. What is changed is kept, so that a second run sees it.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, quote, unquote, urlsplit

Answer = tuple[int, Any, dict[str, str]]
"""Status, JSON value (bytes for something else) and header fields."""


@dataclass(frozen=True)
class Seen:
    """One request. path: with the query; headers: lower-case names."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: Any


@dataclass
class Fault:
    """An answer to give instead of the right one. drop: after doing the right thing, say nothing."""

    matches: Callable[[str, str], bool]
    answer: Answer | None = None
    times: int = 1
    drop: bool = False
    done: bool = False


@dataclass
class Site:
    """What one host holds. login: whose the token is; pulls: by repository."""

    token: str = ""
    login: str = "robot"
    organisations: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    users: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    people: set[str] = field(default_factory=set)
    teams: set[str] = field(default_factory=set)
    pulls: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    most_reviewers: int = 100
    page: int = 100


def github_repository(name: str, **more: Any) -> dict[str, Any]:
    """As ``GET /orgs/{org}/repos`` lists one."""
    return {
        "id": abs(hash(name)) % 10**9,
        "name": name.rpartition("/")[2],
        "full_name": name,
        "private": True,
        "owner": {"login": name.partition("/")[0], "type": "Organization"},
        "html_url": f"https://github.test/{name}",
        "fork": False,
        "clone_url": f"https://github.test/{name}.git",
        "ssh_url": f"git@github.test:{name}.git",
        "default_branch": "main",
        "size": 108,
        "archived": False,
        "disabled": False,
        "visibility": "private",
        **more,
    }


def gitlab_project(path: str, **more: Any) -> dict[str, Any]:
    """As ``GET /groups/:id/projects`` lists one."""
    return {
        "id": abs(hash(path)) % 10**9,
        "name": path.rpartition("/")[2],
        "path": path.rpartition("/")[2],
        "path_with_namespace": path,
        "default_branch": "main",
        "ssh_url_to_repo": f"git@gitlab.test:{path}.git",
        "http_url_to_repo": f"https://gitlab.test/{path}.git",
        "web_url": f"https://gitlab.test/{path}",
        "archived": False,
        "empty_repo": False,
        "marked_for_deletion_on": None,
        "repository_access_level": "enabled",
        "namespace": {"full_path": path.rpartition("/")[0], "kind": "group"},
        **more,
    }


def _not_found() -> Answer:
    return (
        404,
        {"message": "Not Found", "documentation_url": "https://docs.github.com/rest", "status": "404"},
        {},
    )


def _pull_of_github(site_url: str, name: str, number: int, body: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "number": number,
        "state": "open",
        "title": body["title"],
        "body": body.get("body"),
        "draft": body.get("draft", False),
        "html_url": f"https://github.test/{name}/pull/{number}",
        "url": f"{site_url}/repos/{name}/pulls/{number}",
        "merged_at": None,
        "head": {"ref": body["head"], "sha": "0" * 40, "repo": {"full_name": name}},
        "base": {"ref": body["base"]},
        "requested_reviewers": [],
        "requested_teams": [],
    }


class FakeHosts:
    """Both APIs. Use as a context manager; `github` and `gitlab` are the APIs' addresses."""

    def __init__(self) -> None:
        self.on_github, self.on_gitlab = Site(), Site()
        self.requests: list[Seen] = []
        self.on_request: Callable[[Seen], None] = lambda _: None
        self.faults: list[Fault] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Address of the server."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def github(self) -> str:
        """Address of GitHub's API, as a GitHub Enterprise Server has it."""
        return f"{self.url}/api/v3"

    @property
    def gitlab(self) -> str:
        """Address of GitLab's API."""
        return f"{self.url}/api/v4"

    def sent(self, method: str, ending: str = "") -> list[Seen]:
        """The requests of a method whose path ends so."""
        return [
            each
            for each in self.requests
            if each.method == method and urlsplit(each.path).path.endswith(ending)
        ]

    def fail(self, what: str, answer: Answer | None = None, *, times: int = 1, drop: bool = False) -> None:
        """Answer the next requests whose ``METHOD path`` holds the text with this instead."""
        self.faults.append(Fault(lambda method, path: what in f"{method} {path}", answer, times, drop))

    def answer(self, seen: Seen) -> Answer | None:
        """What to answer; None to close the connection."""
        with self._lock:
            self.requests.append(seen)
            self.on_request(seen)
            fault = next((f for f in self.faults if f.times and f.matches(seen.method, seen.path)), None)
            if fault:
                fault.times -= 1
                if fault.drop:
                    self._right(seen)
                    return None
                return fault.answer
            return self._right(seen)

    def _right(self, seen: Seen) -> Answer:
        parts = urlsplit(seen.path)
        query = dict(parse_qsl(parts.query))
        for prefix, site, api in (("/api/v3", self.on_github, _github), ("/api/v4", self.on_gitlab, _gitlab)):
            if not parts.path.startswith(prefix):
                continue
            if site.token and seen.headers.get("authorization") != f"Bearer {site.token}":
                return 401, {"message": "Bad credentials" if api is _github else "401 Unauthorized"}, {}
            answer = api(
                site, self.url + prefix, seen.method, parts.path.removeprefix(prefix), query, seen.body
            )
            return self._paged(site, answer, seen, query) if isinstance(answer[1], list) else answer
        return _not_found()

    def _paged(self, site: Site, answer: Answer, seen: Seen, query: Mapping[str, str]) -> Answer:
        """RFC 8288 links, as both hosts send them."""
        size = min(int(query.get("per_page", 30)), site.page)
        page = int(query.get("page", 1))
        values = answer[1]
        shown = values[(page - 1) * size : page * size]
        headers = dict(answer[2])
        if page * size < len(values):
            rest = "&".join(f"{key}={quote(value)}" for key, value in query.items() if key != "page")
            target = f"{self.url}{urlsplit(seen.path).path}?{rest}&page={page + 1}"
            headers["Link"] = f'<{target}>; rel="next", <{target}>; rel="last"'
        return answer[0], shown, headers


def _github(site: Site, url: str, method: str, path: str, query: Mapping[str, str], body: Any) -> Answer:
    if path == "/user":
        return 200, {"login": site.login, "type": "User"}, {}
    if path == "/user/repos":
        return 200, site.users.get(site.login, []), {}
    if found := re.fullmatch(r"/(orgs|users)/([^/]+)/repos", path):
        held = site.organisations if found[1] == "orgs" else site.users
        return (200, held[found[2]], {}) if found[2] in held else _not_found()
    if not (found := re.fullmatch(r"/repos/([^/]+/[^/]+)(?:/(.+))?", path)):
        return _not_found()
    name, rest = found[1], found[2] or ""
    if not rest:
        every = [each for listed in (*site.organisations.values(), *site.users.values()) for each in listed]
        one = next((each for each in every if each["full_name"].casefold() == name.casefold()), None)
        return (200, one, {}) if one else _not_found()
    pulls = site.pulls.setdefault(name, [])
    if rest == "pulls" and method == "GET":
        return 200, [each for each in pulls if _asked_for(each, query)], {}
    if rest == "pulls" and method == "POST":
        return _open_on_github(pulls, url, name, body)
    if found := re.fullmatch(r"pulls/(\d+)(/requested_reviewers)?", rest):
        pull = next((each for each in pulls if each["number"] == int(found[1])), None)
        if pull is None:
            return _not_found()
        if found[2]:
            return _ask_on_github(site, pull, body)
        if method == "PATCH":
            pull.update(body)
        return 200, pull, {}
    return _not_found()


def _asked_for(pull: Mapping[str, Any], query: Mapping[str, str]) -> bool:
    if query.get("state", "open") != "all" and pull["state"] != query.get("state", "open"):
        return False
    return query.get("head", "").partition(":")[2] in {"", pull["head"]["ref"]}


def _open_on_github(pulls: list[dict[str, Any]], url: str, name: str, body: Any) -> Answer:
    if any(each["head"]["ref"] == body["head"] and each["state"] == "open" for each in pulls):
        errors = [
            {
                "resource": "PullRequest",
                "code": "custom",
                "message": f"A pull request already exists for {name.partition('/')[0]}:{body['head']}.",
            }
        ]
        return 422, {"message": "Validation Failed", "errors": errors, "status": "422"}, {}
    if len(body["body"]) > 65_536:
        errors = [
            {
                "resource": "Issue",
                "code": "custom",
                "field": "body",
                "message": "body is too long (maximum is 65536 characters)",
            }
        ]
        return 422, {"message": "Validation Failed", "errors": errors, "status": "422"}, {}
    pulls.append(_pull_of_github(url, name, len(pulls) + 1, body))
    return 201, pulls[-1], {}


def _ask_on_github(site: Site, pull: dict[str, Any], body: Any) -> Answer:
    users, teams = body.get("reviewers", []), body.get("team_reviewers", [])
    if set(users) - site.people or set(teams) - site.teams:
        message = "Reviews may only be requested from collaborators. One or more … is not a collaborator"
        return 422, {"message": message, "documentation_url": "https://docs.github.com/rest"}, {}
    pull["requested_reviewers"] += [{"login": each} for each in users]
    pull["requested_teams"] += [{"slug": each} for each in teams]
    return 201, pull, {}


def _gitlab(site: Site, url: str, method: str, path: str, query: Mapping[str, str], body: Any) -> Answer:
    missing = (404, {"message": "404 Project Not Found"}, {})
    if path == "/users":
        people = sorted(each for each in site.people if each.casefold() == query["username"].casefold())
        return (
            200,
            [{"id": _number(each), "username": each, "state": "active", "name": each} for each in people],
            {},
        )
    if found := re.fullmatch(r"/(groups|users)/([^/]+)/projects", path):
        held = site.organisations if found[1] == "groups" else site.users
        name = unquote(found[2])
        return (200, held[name], {}) if name in held else (404, {"message": "404 Group Not Found"}, {})
    if not (found := re.fullmatch(r"/projects/([^/]+)(?:/merge_requests(?:/(\d+))?)?", path)):
        return missing
    name = unquote(found[1])
    if "/merge_requests" not in path:
        every = [each for listed in (*site.organisations.values(), *site.users.values()) for each in listed]
        one = next((each for each in every if each["path_with_namespace"] == name), None)
        return (200, one, {}) if one else missing
    pulls = site.pulls.setdefault(name, [])
    if found[2]:
        pull = next((each for each in pulls if each["iid"] == int(found[2])), None)
        if pull is None:
            return 404, {"message": "404 Not found"}, {}
        if method == "PUT":
            ids = body.pop("reviewer_ids", None)
            if ids is not None:
                pull["reviewers"] = [{"id": each} for each in ids[: site.most_reviewers]]
            pull.update(body)
        return 200, pull, {}
    if method == "GET":
        wanted = query.get("source_branch")
        return 200, [each for each in pulls if wanted in {None, each["source_branch"]}], {}
    return _open_on_gitlab(pulls, name, body)


def _open_on_gitlab(pulls: list[dict[str, Any]], name: str, body: Any) -> Answer:
    if any(each["source_branch"] == body["source_branch"] and each["state"] == "opened" for each in pulls):
        message = f"Another open merge request already exists for this source branch: !{len(pulls)}"
        return 409, {"message": [message]}, {}
    number = len(pulls) + 1
    pulls.append(
        {
            "id": 1000 + number,
            "iid": number,
            "project_id": 3,
            "source_project_id": 3,
            "target_project_id": 3,
            "state": "opened",
            "draft": body["title"].startswith("Draft: "),
            "sha": "0" * 40,
            "web_url": f"https://gitlab.test/{name}/-/merge_requests/{number}",
            "reviewers": [],
            "merged_at": None,
            **body,
        }
    )
    return 201, pulls[-1], {}


def _number(name: str) -> int:
    return int.from_bytes(name.encode()[:4], "big")


def _handler(hosts: FakeHosts) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the base class names it)
            """Stay silent."""

        def _handle(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            answer = hosts.answer(Seen(self.command, self.path, headers, json.loads(raw) if raw else None))
            if answer is None:
                self.close_connection = True
                return
            status, value, more = answer
            data = value if isinstance(value, bytes) else json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            for name, text in more.items():
                self.send_header(name, text)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = do_PUT = _handle  # noqa: N815 (the base class names them)

    return Handler
