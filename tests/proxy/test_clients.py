"""Real clients, unchanged, against the shim before an API that accepts only the new routes.

Each sees the answer that the old API would have given.
"""

import json
import os
import subprocess
import sys

import pytest

from tests.need import need
from tests.proxy.servers import Shim, Upstream

BODY = {
    "name": "nightly",
    "billing": {"deploymentPlan": "nf-compute-10"},
    "deployment": {"external": {"imagePath": "nginx:latest"}},
    "runtimeEnvironment": {"LIMIT": "7"},
    "backoffLimit": 3,
    "runOnSourceChange": "never",
    "activeDeadlineSeconds": 600,
}
MOVED = ("backoffLimit", "runOnSourceChange", "activeDeadlineSeconds")
NEW_BODY = {key: value for key, value in BODY.items() if key not in MOVED} | {
    "settings": {key: BODY[key] for key in MOVED}
}


@pytest.fixture(scope="module")
def upstream():
    """The API of tomorrow."""
    with Upstream() as found:
        yield found


@pytest.fixture(scope="module")
def shim(upstream):
    """The shim before it."""
    with Shim(upstream.url) as found:
        yield found


@pytest.fixture(autouse=True)
def _fresh(upstream):
    upstream.requests.clear()


def run(command, folder, **environment):
    """Run a program; returns its standard output."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "HOME": str(folder), **environment},
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def check(upstream, data, method="PUT", path="/v1/projects/p/jobs"):
    """One translated call arrived, and the caller saw the old shape."""
    (seen,) = upstream.requests
    assert (seen.method, seen.target.rstrip("?")) == (method, path)
    assert json.loads(seen.body) == NEW_BODY
    assert seen.values("authorization") == ["Bearer token-1"]
    assert {key: data[key] for key in MOVED} == {key: BODY[key] for key in MOVED}
    assert data["jobType"] == "manual"
    assert "settings" not in data


SCRIPT = """
const {ApiClient, ApiClientInMemoryContextProvider} = require('@northflank/js-client');
(async () => {
  const contexts = new ApiClientInMemoryContextProvider();
  await contexts.addContext({name: 'c', token: 'token-1', host: process.env.HOST});
  const api = new ApiClient(contexts);
  const data = JSON.parse(process.env.BODY);
  const response = await api[process.env.VERB].job.manual({parameters: {projectId: 'p'}, data});
  if (response.error) throw new Error(JSON.stringify(response.error));
  console.log(JSON.stringify(response.data));
})().catch((error) => { console.error(error); process.exit(1); });
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """Installs npm packages, each once."""
    folders = {}

    def install(package):
        if package not in folders:
            folder = tmp_path_factory.mktemp("npm")
            (folder / "package.json").write_text('{"private":true}')
            command = [
                need("npm"),
                "install",
                "--no-audit",
                "--no-fund",
                "--ignore-scripts",
                "--silent",
                package,
            ]
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=240)
            folders[package] = folder
        return folders[package]

    return install


@pytest.mark.parametrize("version", ["0.7.27", "0.9.5"])
@pytest.mark.parametrize(("verb", "method"), [("put", "PUT"), ("create", "POST")])
def test_javascript_client(shim, upstream, installed, version, verb, method):
    """The vendor's client, before and after it got the successor."""
    folder = installed(f"@northflank/js-client@{version}")
    environment = {"HOST": shim.url, "BODY": json.dumps(BODY), "VERB": verb}
    output = run([need("node"), "-e", SCRIPT], folder, **environment)
    check(upstream, json.loads(output), method)


def test_command_line_client(shim, upstream, installed, tmp_path):
    """The vendor's CLI, logged in to the shim, with a definition file."""
    folder = installed("@northflank/cli@0.9.24")
    program = str(folder / "node_modules" / ".bin" / "northflank")
    (tmp_path / "job.json").write_text(json.dumps(BODY))
    run([program, "login", "-n", "c", "-t", "token-1", "--host", shim.url], tmp_path)
    upstream.requests.clear()
    output = run(
        [program, "put", "job", "manual", "--projectId", "p", "-f", "job.json", "-o", "json"], tmp_path
    )
    check(upstream, json.loads(output[output.index("{") :]))


def test_curl(shim, upstream, tmp_path):
    """Curl with a file, which expects to be told to continue."""
    (tmp_path / "job.json").write_text(json.dumps(BODY))
    fields = [
        "-H",
        "Authorization: Bearer token-1",
        "-H",
        "Content-Type: application/json",
        "-H",
        "Expect: 100-continue",
    ]
    url = f"{shim.url}/v1/projects/p/jobs/manual"
    output = run(
        [need("curl"), "-fsS", "--compressed", "-X", "PUT", *fields, "-d", "@job.json", url], tmp_path
    )
    check(upstream, json.loads(output)["data"])


PYTHON = {
    "requests": "import requests as r; a = r.put(URL, json=BODY, headers=HEADERS)",
    "session": "import requests as r; a = r.Session().request('PUT', URL, data=TEXT, headers=HEADERS)",
    "streamed": "import requests as r; a = r.put(URL, data=iter([TEXT.encode()]), headers=HEADERS)",
    "httpx": "import httpx as h; a = h.put(URL, json=BODY, headers=HEADERS)",
    "httpx, asynchronous": """
import asyncio, httpx
async def main():
    async with httpx.AsyncClient() as client:
        return await client.put(URL, json=BODY, headers=HEADERS)
a = asyncio.run(main())""",
}


@pytest.mark.parametrize("name", PYTHON)
def test_python_clients(shim, upstream, tmp_path, name):
    """Requests and httpx."""
    script = f"""
import json, os
URL = os.environ["URL"]
TEXT = os.environ["BODY"]
BODY = json.loads(TEXT)
HEADERS = {{"Authorization": "Bearer token-1"}}
{PYTHON[name]}
a.raise_for_status()
print(json.dumps(a.json()["data"]))
"""
    url = f"{shim.url}/v1/projects/p/jobs/manual"
    output = run([sys.executable, "-c", script], tmp_path, URL=url, BODY=json.dumps(BODY))
    check(upstream, json.loads(output))


GO = """
package main

import ("fmt"; "io"; "net/http"; "os"; "strings")

func main() {
	request, _ := http.NewRequest("PUT", os.Args[1], strings.NewReader(os.Args[2]))
	request.Header.Set("Authorization", "Bearer token-1")
	response, err := http.DefaultClient.Do(request)
	if err != nil { panic(err) }
	body, _ := io.ReadAll(response.Body)
	if response.StatusCode != 200 { panic(string(body)) }
	fmt.Print(string(body))
}
"""


def test_go(shim, upstream, tmp_path):
    """Go's net/http, which asks for gzip by itself."""
    (tmp_path / "main.go").write_text(GO)
    url = f"{shim.url}/v1/projects/p/jobs/manual"
    cache = subprocess.run(
        [need("go"), "env", "GOCACHE"], check=True, capture_output=True, text=True
    ).stdout.strip()
    output = run(
        [need("go"), "run", "main.go", url, json.dumps(BODY)], tmp_path, GOCACHE=cache, GO111MODULE="off"
    )
    check(upstream, json.loads(output)["data"])
