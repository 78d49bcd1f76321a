"""Write the generated parts of the documents anew; with --check, fail where one is out of date.

A generated part stands between ``<!-- generated: NAME -->`` and ``<!-- end -->``.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import click

from migrate import cli, contract
from migrate.kinds import KINDS

ROOT = Path(__file__).resolve().parent.parent
_PART = re.compile(r"(<!-- generated: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def operations() -> str:
    """The table of operations."""
    rows = ["| deprecated | replacement | client | CLI | page |", "| --- | --- | --- | --- | --- |"]
    for each in contract.OPERATIONS:
        rows.append(
            f"| `{each.method} …{each.old_path}` | `{each.method} …{each.new_path}` "
            f"| `{each.name}` → `{each.new_name}` | `{each.old_cli}` → `{each.new_cli}` "
            f"| `{each.old_docs_page}` → `{each.new_docs_page}` |"
        )
    return "\n".join(rows)


def moves() -> str:
    """The table of moved keys."""
    rows = ["| deprecated, top level | replacement | operations |", "| --- | --- | --- |"]
    for move in contract.COMMON_MOVES:
        rows.append(f"| `{move.key}` | `{move.dotted}` | manual and cron |")
    for move in contract.CRON_MOVES:
        rows.append(f"| `{move.key}` | `{move.dotted}` | cron |")
    return "\n".join(rows)


def kinds() -> str:
    """A section for each kind of use."""
    sections = []
    for name, kind in KINDS.items():
        section = f"## {name}\n\n{kind.title[0].upper()}{kind.title[1:]}. {kind.why}\n"
        if kind.before:
            fence = f"```{kind.language}\n"
            section += f"\nBefore:\n\n{fence}{kind.before}\n```\n\nAfter:\n\n{fence}{kind.after}\n```\n"
        sections.append(section)
    return "\n".join(sections).rstrip()


def help_of(name: str) -> str:
    """What a command says with --help, in a process of its own: click keeps a command's first help option."""
    code = f"from scripts.docs import help_here; print(help_here({name!r}))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode().rstrip("\n")


def help_here(name: str) -> str:
    """What a command says with --help, in this process. name: of a command, or of one in a group."""
    context = click.Context(cli.main, info_name=cli.PROGRAM, terminal_width=100)
    command: click.Command | None = cli.main
    for part in name.split():
        command = command.get_command(context, part) if isinstance(command, click.Group) else None
        if command is None:
            raise LookupError(name)
        context = click.Context(command, context, part, terminal_width=100)
    return f"```text\n{(command or cli.main).get_help(context)}\n```"


def dry_run() -> str:
    """What a dry run over a script of the demo says, in a folder of its own."""
    command = ["rewrite", "--exit-zero", "scripts/nightly.py"]
    with tempfile.TemporaryDirectory() as folder:
        copy = shutil.copytree(ROOT / "corpus/demo", Path(folder, "demo"))
        done = subprocess.run(
            [sys.executable, "-m", "migrate", *command],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "COLUMNS": "100"},
            capture_output=True,
            check=True,
        )
    shown = "\n".join(line.rstrip() for line in done.stdout.decode().splitlines())
    return f"```console\n$ nf-migrate rewrite scripts/nightly.py\n{shown}\n```"


PARTS: dict[str, Callable[[], str]] = {
    "operations": operations,
    "moves": moves,
    "kinds": kinds,
    "help-scan": lambda: help_of("scan"),
    "help-rewrite": lambda: help_of("rewrite"),
    "help-explain": lambda: help_of("explain"),
    "help-doctor": lambda: help_of("doctor"),
    "help-fleet": lambda: help_of("fleet"),
    "help-fleet-scan": lambda: help_of("fleet scan"),
    "help-fleet-rewrite": lambda: help_of("fleet rewrite"),
    "help-fleet-status": lambda: help_of("fleet status"),
    "help-proxy": lambda: help_of("proxy"),
    "dry-run": dry_run,
    "help-usage": lambda: help_of("usage"),
}


def rendered(text: str) -> str:
    """A document's text with its generated parts made anew."""
    return _PART.sub(lambda part: f"{part[1]}{PARTS[part['name']]()}\n{part[3]}", text)


def main() -> int:
    """Write or check all documents. Returns the exit status."""
    stale = []
    for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))):
        text = path.read_text(encoding="utf-8")
        new = rendered(text)
        if new != text:
            stale.append(str(path.relative_to(ROOT)))
            if "--check" not in sys.argv:
                path.write_text(new, encoding="utf-8")
    for name in stale:
        print(name)  # noqa: T201 (a script's output)
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
