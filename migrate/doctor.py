"""``nf-migrate doctor``: what a repository needs before and during the migration, in one table."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath

import click

from migrate import contract, errors, git

_CLI_ANSWER = 20
"""Seconds that the CLI may take to tell its version."""


class Verdict(StrEnum):
    """How a check went. Only BAD counts in the exit status."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the table. found: what was seen; do: what to type or do ("" for nothing)."""

    name: str
    verdict: Verdict
    found: str
    do: str = ""


def examined(paths: Sequence[str]) -> list[Check]:
    """All checks of the folders, in the order of the table. Raises MigrateError."""
    from migrate.discover import discover  # noqa: PLC0415 (only this command needs all of it)

    discovery = discover(paths)
    checks = list(_git(paths))
    checks += _settings(paths)
    checks += _clients(sorted({each.root for each in discovery.candidates} | set(_roots(paths))))
    checks.append(_cli())
    checks += _files(
        discovery.searched, [(each.path, each.skip) for each in discovery.candidates if each.skip]
    )
    checks += [Check("search", Verdict.NOTE, note) for note in discovery.notes]
    checks += _owners(_roots(paths))
    return checks


def _roots(paths: Sequence[str]) -> list[str]:
    found = []
    for path in paths:
        real = os.path.realpath(path)
        folder = real if Path(real).is_dir() else str(Path(real).parent)
        found.append(git.top_of(folder) or folder)
    return sorted(set(found))


def _git(paths: Sequence[str]) -> Iterator[Check]:
    if not git.installed():
        yield Check("git", Verdict.BAD, "git is not on PATH", "Install git; or use --force with --write.")
        return
    for root in _roots(paths):
        if git.top_of(root) is None:
            yield Check("git", Verdict.BAD, f"{root} is in no repository", f"git init {_quoted(root)}")
            continue
        try:
            changed = git.Repository(root).changed()
        except git.GitError as error:
            yield Check("git", Verdict.BAD, error.message, "Make `git status` work there.")
            continue
        if changed:
            more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
            text = f"{root} has uncommitted changes: {changed[0]}{more}"
            yield Check("git", Verdict.BAD, text, "git stash, or git commit; --write refuses until then.")
        else:
            yield Check("git", Verdict.GOOD, f"{root} is clean")


def _settings(paths: Sequence[str]) -> Iterator[Check]:
    from migrate import config  # noqa: PLC0415

    try:
        found = config.load(paths[0])
    except errors.UsageError as error:
        yield Check("settings", Verdict.BAD, error.message, error.hint)
        return
    if found.path:
        yield Check("settings", Verdict.GOOD, f"{found.path}: {', '.join(found.values) or 'nothing set'}")
    else:
        yield Check("settings", Verdict.GOOD, "no settings file: defaults hold")


def _clients(roots: Sequence[str]) -> Iterator[Check]:
    """Each package.json that names the client, with what it and its lockfile pin."""
    from migrate.discover import shown  # noqa: PLC0415
    from migrate.model import Options  # noqa: PLC0415
    from migrate.pins import find_pin  # noqa: PLC0415
    from migrate.project import Project  # noqa: PLC0415

    needed = f"{contract.JS_CLIENT_PACKAGE} {contract.FIRST_CLIENT_WITH_SUCCESSOR} or newer is needed"
    any_found = False
    for root in dict.fromkeys(os.path.realpath(root) for root in roots):
        project = Project(shown(root), Options(contract.DEFAULT_TARGET_PATH))
        for path in _manifests(root):
            pin = find_pin(path, project)
            if pin is None or pin.manifest.path != path:
                continue
            any_found = True
            ranges = ", ".join(dict.fromkeys(text for _, _, text in pin.ranges))
            locked = f", {PurePosixPath(pin.lockfile).name} has {pin.locked}" if pin.locked else ""
            text = f"{path} asks for {ranges}{locked}"
            if pin.new_enough:
                yield Check("client", Verdict.GOOD, text)
            else:
                why = f"; {pin.unclear}" if pin.unclear else ""
                install = f"{contract.JS_CLIENT_PACKAGE}@^{contract.FIRST_CLIENT_WITH_SUCCESSOR}"
                yield Check(
                    "client",
                    Verdict.BAD,
                    f"{text}{why}; {needed}",
                    f"rewrite --write raises the range; then {pin.command}. By hand: npm install {install}",
                )
    if not any_found:
        yield Check("client", Verdict.GOOD, f"no package.json asks for {contract.JS_CLIENT_PACKAGE}")


def _manifests(root: str) -> list[str]:
    """Paths of the package.json files, as git lists them, or found by walking."""
    from migrate.discover import shown  # noqa: PLC0415

    if git.installed() and git.top_of(root) is not None:
        output = git.Repository(root).run(
            "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"
        )
        names = [os.fsdecode(each) for each in output.split(b"\0") if each]
    else:
        from migrate.walk import walk  # noqa: PLC0415

        names = [os.path.relpath(each.path, root) for each in walk(root, lambda _: None)]
    wanted = sorted(each for each in names if PurePosixPath(each).name == "package.json")
    return [shown(f"{root}/{each}") for each in wanted if "node_modules" not in each.split("/")]


def _cli() -> Check:
    """The installed CLI's version, asked of the program on PATH."""
    program = shutil.which(contract.CLI_PROGRAM)
    last = contract.LAST_CLI_WITHOUT_SUCCESSOR
    install = f"npm install --global {contract.CLI_PACKAGE}@latest"
    if program is None:
        text = f"no {contract.CLI_PROGRAM} on PATH: rewrites of CLI commands are held back"
        return Check("cli", Verdict.NOTE, text, f"{install}; where it is newer than {last}: --cli-ready")
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, check=False, timeout=_CLI_ANSWER
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check("cli", Verdict.BAD, f"{program} --version: {error}", install)
    found = re.search(r"\d+\.\d+\.\d+", done.stdout)
    if found is None:
        return Check("cli", Verdict.BAD, f"{program} --version told no version", install)
    if _numbers(found[0]) <= _numbers(last):
        text = f"{contract.CLI_PACKAGE} {found[0]} has no `{contract.PUT_MANUAL.new_cli}`"
        return Check("cli", Verdict.NOTE, text, f"{install}; where it is newer than {last}: --cli-ready")
    return Check("cli", Verdict.GOOD, f"{contract.CLI_PACKAGE} {found[0]}", "Add --cli-ready to rewrite.")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _files(searched: int, skipped: Sequence[tuple[str, str]]) -> Iterator[Check]:
    """Files that name the endpoint and can't be, or are not, looked at."""
    if not skipped:
        yield Check("files", Verdict.GOOD, f"{searched:,} searched, none of interest left out")
    for path, why in skipped:
        readable = os.access(path, os.R_OK) or not Path(path).exists()
        verdict = Verdict.NOTE if readable else Verdict.BAD
        yield Check("files", verdict, f"{path}: {why}", "" if readable else f"chmod u+r {_quoted(path)}")


def _owners(roots: Sequence[str]) -> Iterator[Check]:
    from migrate.owners import PLACES  # noqa: PLC0415

    for root in roots:
        place = next((place for place in PLACES if Path(root, place).is_file()), None)
        found = place or "no CODEOWNERS: reports name no owners"
        yield Check("owners", Verdict.GOOD, found)


def _quoted(path: str) -> str:
    import shlex  # noqa: PLC0415

    return shlex.quote(path)


def rendered(checks: Sequence[Check], *, width: int, color: bool, unicode: bool) -> str:
    """The checks as a table."""
    import io  # noqa: PLC0415

    from rich import box  # noqa: PLC0415 (rich is loaded only where it is shown)
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    from migrate.report.words import plain, visible  # noqa: PLC0415

    def safe(text: str) -> str:
        return visible(text) if unicode else plain(visible(text))

    styles = {Verdict.GOOD: "green", Verdict.NOTE: "yellow", Verdict.BAD: "bold red"}
    table = Table(box=box.SIMPLE_HEAD if unicode else box.ASCII2, pad_edge=False)
    for name in ("what", "", "found", "what to do"):
        table.add_column(name, overflow="fold")
    for check in checks:
        verdict = Text(check.verdict.value, styles[check.verdict])
        table.add_row(Text(safe(check.name)), verdict, Text(safe(check.found)), Text(safe(check.do)))
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=color,
        no_color=not color,
        color_system="standard" if color else None,
        legacy_windows=False,
    )
    console.print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().strip("\n").split("\n")) + "\n"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True), metavar="[PATH]...")
@click.option(
    "--format", "-f", "format_", type=click.Choice(["text", "json"]), default="text", show_default=True
)
@click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", show_default=True)
@click.pass_context
def doctor(ctx: click.Context, paths: tuple[str, ...], format_: str, color: str) -> None:
    """Tell what a repository needs: git, settings, client and CLI versions, files that can't be read.

    Exit status: 0 nothing stands in the way, 1 something does, 2 wrong usage.
    """
    checks = examined(paths or (".",))
    if format_ == "json":
        click.echo(json.dumps({"version": 1, "checks": [asdict(check) for check in checks]}, indent=2))
    else:
        from migrate.execute import wants_color  # noqa: PLC0415

        stream = sys.stdout
        terminal = stream.isatty()
        text = rendered(
            checks,
            width=shutil.get_terminal_size((100, 24)).columns if terminal else 100,
            color=wants_color(color, os.environ, to_terminal=terminal),
            unicode=(stream.encoding or "").lower().replace("-", "") == "utf8",
        )
        click.echo(text, nl=False, color=True)
    ctx.exit(errors.EXIT_FOUND if any(check.verdict is Verdict.BAD for check in checks) else errors.EXIT_OK)
