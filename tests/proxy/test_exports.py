"""The configurations for nginx and Envoy: nginx's is run and passes the same cases as the shim."""

import json
import re
import socket
import subprocess
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import yaml

from migrate import contract
from migrate.proxy.export import files
from migrate.proxy.settings import Mode, Settings, Window
from tests.need import need
from tests.proxy.cases import ANSWERED, BASE, REFUSED, TRANSLATED
from tests.proxy.servers import Raw, Shim, Upstream, answer


class Nginx:
    """nginx with the exported configuration, as a process of its own."""

    def __init__(self, folder, upstream, **settings):
        program = need("nginx")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        found = files("nginx", Settings(upstream=upstream.url, listen=f"127.0.0.1:{self.port}", **settings))
        for name, text in found.items():
            (folder / name).write_text(text, encoding="utf-8")
        temporary = "".join(
            f"{each}_temp_path {folder}/{each};"
            for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        text = (folder / "nginx.conf").read_text(encoding="utf-8")
        text = text.replace("worker_processes auto;", f"worker_processes 1; daemon off; pid {folder}/pid;")
        text = text.replace("http {", "http {" + temporary, 1).replace("/dev/stdout", f"{folder}/access.log")
        (folder / "nginx.conf").write_text(text, encoding="utf-8")
        self.log = folder / "access.log"
        command = [program, "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        self.client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=20)
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
            except ConnectionRefusedError:
                assert self.process.poll() is None, self.process.stderr.read()
            else:
                return

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()
        self.process.terminate()
        print(self.process.communicate()[1])


class Scripted:
    """An upstream's handler that answers what a test sets."""

    reply = answer(200, '{"data":{}}')

    async def __call__(self, _seen, _reader, writer):
        """Answer."""
        writer.write(self.reply)
        return True


@pytest.fixture(scope="module")
def upstream():
    """An API that answers what a test sets."""
    with Upstream(Scripted()) as found:
        yield found


@pytest.fixture(scope="module")
def nginx(tmp_path_factory, upstream):
    """Nginx with the exported configuration before it."""
    with Nginx(tmp_path_factory.mktemp("nginx"), upstream) as found:
        yield found


@pytest.fixture(autouse=True)
def _fresh(request):
    if "upstream" in request.fixturenames:
        found = request.getfixturevalue("upstream")
        found.requests.clear()
        found.handler.reply = answer(200, '{"data":{}}')


@pytest.mark.parametrize("case", TRANSLATED, ids=lambda case: case.name)
def test_nginx_translates_calls_as_the_shim_does(nginx, upstream, case):
    """The same path and the same body, byte by byte."""
    nginx.client.request(case.method, case.path, content=case.body.encode())

    (seen,) = upstream.requests
    assert (seen.method, seen.target, seen.body.decode()) == (case.method, case.new_path, case.new_body)
    assert seen.values("via") == ["1.1 nf-migrate"]
    assert seen.values("host") == [f"127.0.0.1:{upstream.port}"]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_nginx_refuses_what_the_shim_refuses(nginx, upstream, case):
    """The same status, type and field, and nothing is sent."""
    found = nginx.client.request(case.method, case.path, content=case.body)

    assert upstream.requests == []
    problem = found.json()
    assert (found.status_code, found.headers["content-type"]) == (case.status, "application/problem+json")
    assert problem["type"] == f"urn:x-nf-migrate:problem:{case.code}"
    assert problem.get("field", "") == case.field
    assert problem["advice"]
    assert found.headers["deprecation"] == "@1795478400"


@pytest.mark.parametrize("case", ANSWERED, ids=lambda case: case.name)
def test_nginx_translates_answers_as_the_shim_does(nginx, upstream, case):
    """The same status and text."""
    fields = "".join(f"{name}: {value}\r\n" for name, value in case.fields.items())
    upstream.handler.reply = answer(case.status, case.answer, fields)

    found = nginx.client.request(case.method, case.path, content=case.body)

    assert (found.status_code, found.text) == (case.status, case.seen)
    assert 'rel="successor-version"' in found.headers["link"]


@pytest.mark.parametrize(
    ("method", "target", "arrives"),
    [
        ("PATCH", f"{BASE}/jobs/manual/..", f"{BASE}/jobs/manual/.."),
        ("PATCH", f"{BASE}/jobs/manual/%2e%2E/", f"{BASE}/jobs/manual/%2e%2E/"),
        ("PATCH", f"{BASE}/jobs/manual/a%2Fb", f"{BASE}/jobs/manual/a%2Fb"),
        ("PUT", "/v1/projects/..;a/jobs/manual", "/v1/projects/..;a/jobs/manual"),
        ("GET", f"{BASE}/jobs/manual", f"{BASE}/jobs/manual"),
        ("PATCH", f"{BASE}/jobs/manual?x", f"{BASE}/jobs/manual?x"),
        ("PUT", f"{BASE}/jobs%2Fmanual", f"{BASE}/jobs%2Fmanual"),
        ("PUT", f"{BASE}//jobs/manual", f"{BASE}//jobs/manual"),
        ("PUT", "/v2/projects/web/jobs/manual", "/v2/projects/web/jobs/manual"),
        ("GET", "/a%20b/%2e%2e/c?q=%2F", "/a%20b/%2e%2e/c?q=%2F"),
        ("PUT", f"{BASE}/jobs/put-job?a=1", f"{BASE}/jobs?a=1"),
        ("GET", f"{BASE}/jobs/put-job", f"{BASE}/jobs/put-job"),
    ],
)
def test_nginx_passes_all_else_through(nginx, upstream, method, target, arrives):
    """Targets and bodies as they are, but for the documentation's name taken for a path."""
    with Raw(nginx.port) as raw:
        raw.send(
            f"{method} {target} HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{{ not,: }}"[:-1].encode()
            + b"}"
        )
        status, fields, _ = raw.answer()
    (seen,) = upstream.requests
    assert (status, seen.target, len(seen.body)) == (200, arrives, 9)
    assert "deprecation" not in fields


def test_nginx_logs_old_calls_without_secrets(nginx, upstream):
    """One JSON line for each, with the outcome; no token, no query."""
    secret = {"Authorization": "Bearer canary-7d1f"}
    nginx.client.put(f"{BASE}/jobs/manual?token=canary-7d1f", content='{"backoffLimit":1}', headers=secret)

    text = nginx.log.read_text(encoding="utf-8")
    assert json.loads(text.splitlines()[-1])["outcome"] == "translated"
    assert "canary" not in text


def test_nginx_modes(tmp_path, upstream):
    """Block answers 410; observe forwards the call unchanged, announced."""
    for mode, status in (("block", 410), ("observe", 200)):
        upstream.requests.clear()
        folder = tmp_path / mode
        folder.mkdir()
        with Nginx(folder, upstream, mode=Mode(mode)) as found:
            response = found.client.put(f"{BASE}/jobs/manual?a=1", content='{"backoffLimit":1 }')
        assert response.status_code == status
        assert "deprecation" in response.headers
        targets = [(seen.target, seen.body) for seen in upstream.requests]
        assert targets == ([] if mode == "block" else [(f"{BASE}/jobs/manual?a=1", b'{"backoffLimit":1 }')])


def test_nginx_brownout(tmp_path, upstream):
    """Within the window old calls get 503 with Retry-After, outside of it they are translated."""
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    for name, start, status in (("in", now - hour, 503), ("out", now + hour, 200)):
        folder = tmp_path / name
        folder.mkdir()
        with Nginx(folder, upstream, brownouts=(Window(start, start + 2 * hour),)) as found:
            response = found.client.put(f"{BASE}/jobs/manual", content='{"backoffLimit":1}')
        assert response.status_code == status
        assert status == 200 or 3500 < int(response.headers["retry-after"]) <= 3600


def test_nginx_takes_large_and_chunked_calls(nginx, upstream):
    """A chunked body of half a megabyte is translated whole."""
    text = b'{"backoffLimit":1,"a":"' + b"x" * 500_000 + b'"}'

    found = nginx.client.put(f"{BASE}/jobs/manual", content=iter([text[:100_000], text[100_000:]]))

    assert found.status_code == 200
    assert len(upstream.requests[0].body) == len(text) + len('"settings":{}')


class Envoy:
    """Envoy with the exported configuration before a shim, as a process of its own."""

    def __init__(self, folder, upstream, shim):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        (text,) = files("envoy", Settings(upstream=upstream.url, listen=f"127.0.0.1:{shim.port}")).values()
        text = text.replace("address: 0.0.0.0", "address: 127.0.0.1").replace(
            "value: 8000", f"value: {self.port}"
        )
        (folder / "envoy.yaml").write_text(text, encoding="utf-8")
        options = ["--log-level", "error", "--disable-hot-restart", "--concurrency", "1"]
        self.process = subprocess.Popen([need("envoy"), "-c", str(folder / "envoy.yaml"), *options])
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=5).close()
            except ConnectionRefusedError:
                assert self.process.poll() is None
            else:
                return

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


@pytest.fixture(scope="module")
def envoy(tmp_path_factory, upstream):
    """Envoy before the shim and the API."""
    with Shim(upstream.url) as shim, Envoy(tmp_path_factory.mktemp("envoy"), upstream, shim) as found:
        yield found


@pytest.mark.parametrize("case", TRANSLATED, ids=lambda case: case.name)
def test_envoy_has_old_calls_translated(envoy, upstream, case):
    """Through Envoy and the shim the same path and body arrive as through the shim alone."""
    httpx.request(case.method, f"http://127.0.0.1:{envoy.port}{case.path}", content=case.body.encode())

    (seen,) = upstream.requests
    assert (seen.method, seen.target, seen.body.decode()) == (case.method, case.new_path, case.new_body)
    assert seen.values("via") == ["1.1 envoy, 1.1 nf-migrate"]
    assert seen.values("host") == [f"127.0.0.1:{upstream.port}"]


@pytest.mark.parametrize(
    ("method", "target", "arrives", "way"),
    [
        ("GET", f"{BASE}/jobs/manual", f"{BASE}/jobs/manual", "1.1 envoy"),
        ("PATCH", f"{BASE}/jobs/manual?x", f"{BASE}/jobs/manual?x", "1.1 envoy"),
        ("PUT", f"{BASE}/jobs%2Fmanual", f"{BASE}/jobs%2Fmanual", "1.1 envoy"),
        ("PUT", f"{BASE}//jobs/manual", f"{BASE}//jobs/manual", "1.1 envoy"),
        ("PUT", f"{BASE}/jobs/put-job?a=1", f"{BASE}/jobs?a=1", "1.1 envoy, 1.1 nf-migrate"),
        ("GET", "/a%20b/../c?q=%2F", "/a%20b/../c?q=%2F", "1.1 envoy"),
    ],
)
def test_envoy_sends_all_else_straight_to_the_api(envoy, upstream, method, target, arrives, way):
    """Past the shim, and as it is."""
    with Raw(envoy.port) as raw:
        raw.send(f"{method} {target} HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{{}}".encode())
        status, _, _ = raw.answer()
    (seen,) = upstream.requests
    assert (status, seen.target, seen.body, seen.values("via")) == (200, arrives, b"{}", [way])


def test_envoy_takes_the_configuration_for_the_real_api(tmp_path):
    """With TLS and every setting, Envoy accepts it."""
    (text,) = files("envoy", Settings(timeout=1e6, target_path="/jobs/put-job")).values()
    (tmp_path / "envoy.yaml").write_text(text, encoding="utf-8")
    command = [need("envoy"), "--mode", "validate", "-c", str(tmp_path / "envoy.yaml")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_envoy_sends_the_old_calls_alone_to_the_shim():
    """The routes, taken as Envoy takes them (whole path, first match), agree with the contract."""
    (text,) = files("envoy", Settings()).values()
    configuration = yaml.safe_load(text)["static_resources"]
    manager = configuration["listeners"][0]["filter_chains"][0]["filters"][0]["typed_config"]
    routes = manager["route_config"]["virtual_hosts"][0]["routes"]

    def cluster(method, path):
        for route in routes:
            match = route["match"]
            if "prefix" in match:
                return route["route"]["cluster"]
            (wanted,) = match["headers"]
            if wanted["string_match"]["exact"] == method and re.fullmatch(match["safe_regex"]["regex"], path):
                return route["route"]["cluster"]
        raise AssertionError

    for method in ("GET", "PUT", "POST", "PATCH", "DELETE"):
        for tail in (
            "/manual",
            "/cron",
            "/manual/x",
            "/cron/x",
            "",
            "/x",
            "/manual/x/runs",
            "/put-job",
            "/manual/",
        ):
            for start in (BASE, "/v1/teams/t/projects/p", "/v2/projects/p"):
                path = f"{start}/jobs{tail}"
                ours = contract.match_request(method, path) or contract.match_documented_request(method, path)
                assert cluster(method, path) == ("nf-migrate" if ours else "northflank-api"), (method, path)
    assert {each["name"] for each in configuration["clusters"]} == {"nf-migrate", "northflank-api"}


def test_nginx_configuration_for_the_real_api_is_valid(tmp_path):
    """With TLS and every setting, nginx accepts the configuration."""
    program = need("nginx")
    found = files("nginx", Settings(upstream="https://localhost", sunset=Settings().deprecated_since))
    for name, text in found.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert "proxy_ssl_verify on" in found["nginx.conf"]
    command = [program, "-t", "-e", "stderr", "-g", f"pid {tmp_path}/pid;", "-p", str(tmp_path)]
    done = subprocess.run(
        [*command, "-c", str(tmp_path / "nginx.conf")], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
