"""A real Chromium without a window, driven through its DevTools pipe (no port, no library)."""

import base64
import json
import os
import select
import subprocess
import sys
from pathlib import Path

from tests.need import need

PATIENCE = 60
"""Seconds without a word after which the browser is taken for dead."""

_LAUNCH = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 10) for end in sys.argv[1:3]]
for number, end in enumerate(ends, 3):
    os.dup2(end, number)
os.execv(sys.argv[3], sys.argv[3:])
"""
"""Chromium reads commands from descriptor 3 and writes answers to 4."""


class Browser:
    """One page of one browser. Use as a context manager."""

    def __init__(self, folder: Path) -> None:
        program = need("chromium")
        self._in, write = os.pipe()
        read, self._out = os.pipe()
        command = [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--no-first-run",
        ]
        command += ["--remote-debugging-pipe", f"--user-data-dir={folder}", "about:blank"]
        self._process = subprocess.Popen(
            [sys.executable, "-c", _LAUNCH, str(read), str(write), *command],
            pass_fds=(read, write),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(read)
        os.close(write)
        self._buffer = b""
        self._count = 0
        self._session = ""
        self._events: list[dict] = []
        target = next(
            each for each in self._send("Target.getTargets")["targetInfos"] if each["type"] == "page"
        )
        attached = self._send("Target.attachToTarget", targetId=target["targetId"], flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Log", "Runtime", "Network"):
            self._send(f"{domain}.enable")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.close(self._out)
        self._process.terminate()
        self._process.wait(10)
        os.close(self._in)

    def _receive(self) -> dict:
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], PATIENCE)
            assert ready, f"the browser said nothing for {PATIENCE} s"
            data = os.read(self._in, 65536)
            assert data, "the browser went away"
            self._buffer += data
        message, self._buffer = self._buffer.split(b"\0", 1)
        return json.loads(message)

    def _send(self, method: str, **parameters: object) -> dict:
        self._count += 1
        message = {"id": self._count, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._count:
                assert "error" not in answer, answer
                return answer["result"]
            self._events.append(answer)

    def open(self, address: str) -> None:
        """Load a page and wait until it is there."""
        self._events.clear()
        self._send("Page.navigate", url=address)
        while not any(each.get("method") == "Page.loadEventFired" for each in self._events):
            self._events.append(self._receive())

    def complaints(self) -> list[str]:
        """What the browser logged as an error since the page was opened (refused by policy, exceptions)."""
        self.run("1")
        logged = [
            each["params"]["entry"]["text"] for each in self._events if each.get("method") == "Log.entryAdded"
        ]
        return logged + [
            str(each) for each in self._events if each.get("method") == "Runtime.exceptionThrown"
        ]

    def requests(self) -> list[str]:
        """Addresses that were asked for since the page was opened."""
        self.run("1")
        sent = [each for each in self._events if each.get("method") == "Network.requestWillBeSent"]
        return [each["params"]["request"]["url"] for each in sent]

    def run(self, script: str) -> object:
        """The value of an expression in the page."""
        found = self._send("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, key: str) -> None:
        """Press and release a key."""
        codes = {"Tab": 9, "Enter": 13, "Escape": 27}
        more = {"windowsVirtualKeyCode": codes[key]} if key in codes else {"text": key}
        if key == "Enter":
            more["text"] = "\r"
        self._send("Input.dispatchKeyEvent", type="keyDown", key=key, **more)
        self._send("Input.dispatchKeyEvent", type="keyUp", key=key, **more)

    def media(self, media: str = "", scheme: str = "light") -> None:
        """Pretend a medium (``print``) and a preferred colour scheme."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self._send("Emulation.setEmulatedMedia", media=media, features=features)

    def size(self, width: int, height: int) -> None:
        """Set the window's size in CSS pixels."""
        self._send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def screenshot(self, path: Path) -> bytes:
        """A picture of the window as PNG, also written to a file."""
        data = base64.b64decode(self._send("Page.captureScreenshot", format="png")["data"])
        path.write_bytes(data)
        return data
