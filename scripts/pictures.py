"""Make the pictures of the documents anew; with --check, fail where one is out of date.

They show the demo, and the status of an invented fleet. The report in the terminal is an SVG that rich
exports. The HTML pages are screenshots by Chromium; a picture of pixels can't be compared, so it carries
the hash of the page that it shows.
"""

import hashlib
import io
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from pathlib import Path

from rich.console import Console
from rich.text import Text

from migrate.fleet.status import rendered
from migrate.report import RenderOptions
from scripts import sample_fleet

ROOT = Path(__file__).resolve().parent.parent
DEMO = ROOT / "corpus/demo"
FOLDER = ROOT / "docs/pictures"
TERMINAL = FOLDER / "report.svg"
PAGE = FOLDER / "report.png"
STATUS = FOLDER / "fleet-status.png"
SHOWN = ("scripts/import_orders.py", "scripts/apply.py")
_COMMAND = f"nf-migrate rewrite {' '.join(SHOWN)}"
_KEYWORD = b"nf-migrate page"
_SIZE = "1280,1100"
_STATUS_SIZE = "1280,1240"


def report(*arguments: str) -> str:
    """What the command says about the demo, in a folder of its own so that no path of this one shows."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "migrate", "rewrite", "--exit-zero", *arguments]
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(DEMO, Path(folder, "demo"))
        done = subprocess.run(command, cwd=copy, env=environment, capture_output=True, check=True)
    return done.stdout.decode()


def terminal() -> str:
    """The report in the terminal as SVG."""
    console = Console(file=io.StringIO(), record=True, width=102, force_terminal=True, legacy_windows=False)
    console.print(Text(f"$ {_COMMAND}\n", "bold"))
    console.print(Text.from_ansi(report("--color", "always", *SHOWN)), soft_wrap=True)
    svg = console.export_svg(title="nf-migrate", unique_id="report")
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"


def page() -> str:
    """The HTML page of the whole demo."""
    return report("--format", "html")


def status() -> str:
    """The status page of an invented fleet."""
    return rendered(sample_fleet.status(), "html", RenderOptions())


def digest(text: str) -> bytes:
    """Name of a page's content."""
    return hashlib.sha256(text.encode()).hexdigest().encode()


def screenshot(text: str, size: str = _SIZE) -> bytes:
    """The page in Chromium as PNG, with the page's hash in a text chunk (PNG 11.3.3.2)."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        raise SystemExit("chromium is not on PATH: install it (Debian: apt-get install chromium)")
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "page.html"), Path(folder, "page.png")
        source.write_text(text, encoding="utf-8")
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            f"--window-size={size}",
        ]
        command = [
            program,
            *options,
            f"--user-data-dir={folder}/profile",
            f"--screenshot={target}",
            source.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True)
        picture = target.read_bytes()
    content = b"tEXt" + _KEYWORD + b"\0" + digest(text)
    chunk = struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
    end = picture.rindex(b"IEND") - 4
    return picture[:end] + chunk + picture[end:]


def stale() -> list[str]:
    """Names of the pictures that are out of date."""
    found = []
    if not TERMINAL.exists() or TERMINAL.read_text(encoding="utf-8") != terminal():
        found.append(TERMINAL.name)
    if not PAGE.exists() or _KEYWORD + b"\0" + digest(page()) not in PAGE.read_bytes():
        found.append(PAGE.name)
    if not STATUS.exists() or _KEYWORD + b"\0" + digest(status()) not in STATUS.read_bytes():
        found.append(STATUS.name)
    return found


def main() -> int:
    """Write or check the pictures. Returns the exit status."""
    if "--check" in sys.argv:
        names = stale()
        for name in names:
            print(f"{name} is out of date: python -m scripts.pictures")  # noqa: T201 (a script's output)
        return 1 if names else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    TERMINAL.write_text(terminal(), encoding="utf-8")
    PAGE.write_bytes(screenshot(page()))
    STATUS.write_bytes(screenshot(status(), _STATUS_SIZE))
    return 0


if __name__ == "__main__":
    sys.exit(main())
