"""How fast the shim is: wrk with a PUT of 1.5 KB, against the upstream alone and other proxies, in one run.

    python -m tests.bench.proxy [--seconds 4] [--mitmproxy PATH]

Needs wrk and nginx with njs. mitmproxy is measured where its `mitmdump` is given (it needs an
environment of its own). Prints a table: requests a second at 32 connections, its ratio to nginx's
pass-through, and the median at one connection with what it adds to the upstream alone.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from migrate.proxy.export import files
from migrate.proxy.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
PATH = "/v1/projects/web/jobs/manual"
LARGE = {f"VARIABLE_{number}": "value " * 4 for number in range(32)}
BODY = {
    "name": "nightly",
    "billing": {"deploymentPlan": "nf-compute-10"},
    "runtimeEnvironment": LARGE,
    "backoffLimit": 0,
    "runOnSourceChange": "never",
}
ANSWER = {
    "data": {
        "id": "nightly",
        "jobType": "manual",
        "runtimeEnvironment": LARGE,
        "settings": {"backoffLimit": 0, "runOnSourceChange": "never"},
    }
}

_UPSTREAM = """
pid {folder}/upstream.pid; worker_processes 1; daemon off; error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 100000000; client_body_buffer_size 64k; {temporary}
  server {{ listen 127.0.0.1:{port}; default_type application/json; location / {{ return 200 '{answer}'; }} }}
  upstream api {{ server 127.0.0.1:{port}; keepalive 64; keepalive_requests 100000000; }}
  server {{
    listen 127.0.0.1:{through};
    location / {{ proxy_pass http://api; proxy_http_version 1.1; proxy_set_header Connection ''; }}
  }}
}}
"""

_ADDON = """
import json
from mitmproxy import http
class Shim:
    def request(self, flow: http.HTTPFlow) -> None:
        body = json.loads(flow.request.content)
        body["settings"] = {key: body.pop(key) for key in ("backoffLimit", "runOnSourceChange")}
        flow.request.content = json.dumps(body).encode()
        flow.request.path = flow.request.path.replace("/manual", "")
    def response(self, flow: http.HTTPFlow) -> None:
        answer = json.loads(flow.response.content)
        answer["data"].update(answer["data"].pop("settings"))
        flow.response.content = json.dumps(answer).encode()
addons = [Shim()]
"""

_WRK = """
wrk.method = "PUT"
wrk.body = [==[{body}]==]
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = "Bearer a-token-of-usual-length-0123456789"
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
    return port


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """A server process, once it listens."""
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(400):
            if process.poll() is not None:
                raise SystemExit(f"{command[0]} ended with {process.returncode}")
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except ConnectionRefusedError:
                time.sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait()


def wrk(script: Path, port: int, connections: int, seconds: int) -> tuple[float, float]:
    """Requests a second, and the median in milliseconds."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}", "--latency", "-s", str(script)]
    text = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{PATH}"], check=True, capture_output=True, text=True
    ).stdout
    if "Non-2xx" in text:
        raise SystemExit(f"port {port} answered with errors:\n{text}")
    rate = re.search(r"Requests/sec:\s+([\d.]+)", text)
    median = re.search(r"50%\s+([\d.]+)(us|ms|s)", text)
    if rate is None or median is None:
        raise SystemExit(text)
    return float(rate[1]), float(median[1]) * {"us": 0.001, "ms": 1, "s": 1000}[median[2]]


def nginx_files(folder: Path, port: int, upstream: int) -> Path:
    """The exported configuration, with one worker and its files in a folder."""
    target = folder / "njs"
    target.mkdir()
    settings = Settings(upstream=f"http://127.0.0.1:{upstream}", listen=f"127.0.0.1:{port}")
    for name, exported in files("nginx", settings).items():
        one = f"worker_processes 1; daemon off; pid {target}/pid;"
        changes = {
            "worker_processes auto;": one,
            "/dev/stdout": f"{target}/access.log",
            "keepalive 64;": "keepalive 64; keepalive_requests 100000000;",
            "http {": f"http {{ keepalive_requests 100000000; {temporary(target)}",
        }
        text = exported
        for old, new in changes.items():
            text = text.replace(old, new)
        (target / name).write_text(text, encoding="utf-8")
    return target


def temporary(folder: Path) -> str:
    """Nginx's settings for files of its own."""
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    return " ".join(f"{each}_temp_path {folder}/{each};" for each in names)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--mitmproxy", default=shutil.which("mitmdump"))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        script = folder / "put.lua"
        script.write_text(_WRK.format(body=json.dumps(BODY)))
        direct, through, njs, shim, mitm = (free_port() for _ in range(5))
        text = _UPSTREAM.format(
            folder=folder,
            port=direct,
            through=through,
            answer=json.dumps(ANSWER),
            temporary=temporary(folder),
        )
        (folder / "upstream.conf").write_text(text)
        exported = nginx_files(folder, njs, direct)
        nginx = ["nginx", "-e", "stderr", "-p"]
        stack.enter_context(running([*nginx, str(folder), "-c", str(folder / "upstream.conf")], direct))
        stack.enter_context(running([*nginx, str(exported), "-c", str(exported / "nginx.conf")], njs))
        options = ["--upstream", f"http://127.0.0.1:{direct}", "--listen", f"127.0.0.1:{shim}"]
        more = ["--admin", f"127.0.0.1:{free_port()}", "--database", str(folder / "usage.sqlite3")]
        stack.enter_context(running([sys.executable, "-m", "migrate", "proxy", *options, *more], shim))
        ports = {"upstream alone": direct, "nginx, passing through": through, "nginx + njs (export)": njs}
        if chosen.mitmproxy:
            addon = folder / "addon.py"
            addon.write_text(_ADDON)
            mode = ["--mode", f"reverse:http://127.0.0.1:{direct}", "--listen-port", str(mitm), "-q"]
            stack.enter_context(running([chosen.mitmproxy, *mode, "-s", str(addon)], mitm))
            ports["mitmproxy with an addon"] = mitm
        ports["this shim, one worker"] = shim
        report(script, ports, chosen.seconds)


def report(script: Path, ports: dict[str, int], seconds: int) -> None:
    """Measure each server and print the table."""
    base, alone = 0.0, 0.0
    print(f"{'':26} {'requests/s':>10} {'ratio':>7} {'median, 1 connection':>21} {'added':>8}")
    for name, port in ports.items():
        wrk(script, port, 8, 1)
        rate, _ = wrk(script, port, 32, seconds)
        _, median = wrk(script, port, 1, seconds)
        base = rate if name.startswith("nginx, passing") else base
        alone = alone or median
        ratio = f"{rate / base:7.3f}" if base else " " * 7
        print(f"{name:26} {rate:10.0f} {ratio} {median:18.3f} ms {median - alone:5.2f} ms", flush=True)


if __name__ == "__main__":
    main()
