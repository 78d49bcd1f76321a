"""The commands ``nf-migrate proxy`` and ``nf-migrate usage``. Servers and clients are imported late."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from migrate.errors import UsageError, install
from migrate.proxy.logs import LEVELS
from migrate.proxy.settings import ENVIRONMENT_PREFIX, Mode, Settings, checked, from_file, moment, window

_NAMES = frozenset(field.name for field in fields(Settings))


def default_database() -> str:
    """Where calls are recorded where nothing else is said: the user's state folder (XDG)."""
    base = os.environ.get("XDG_STATE_HOME") or "~/.local/state"
    return str(Path(base).expanduser() / "nf-migrate" / "usage.sqlite3")


class _Parsed(click.ParamType[Any]):
    """An option's value, parsed by a function that raises ValueError."""

    def __init__(self, name: str, parse: Callable[[str], Any]) -> None:
        self.name = name
        self._parse = parse

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The parsed value."""
        try:
            return self._parse(value) if isinstance(value, str) else self._parse(value.isoformat())
        except (ValueError, AttributeError) as error:
            self.fail(f"{value}: {error}", param, ctx)


_MOMENT = _Parsed("time", moment)
_WINDOW = _Parsed("start/end", window)
_DEFAULT = Settings()


def _option(name: str, text: str, **more: Any) -> Callable[[Any], Any]:
    """An option whose default is that of the setting."""
    key = name.removeprefix("--").replace("-", "_")
    more.setdefault("default", getattr(_DEFAULT, key))
    shown = "the user's state folder" if callable(more["default"]) else bool(more["default"])
    return click.option(name, key, help=text, show_default=shown, **more)


class _Count(click.IntRange):
    """A whole number, from a text or a configuration file."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number; none is made of a fraction or a truth value."""
        if isinstance(value, bool | float):
            self.fail(f"{value} is not a whole number.", param, ctx)
        return super().convert(value, param, ctx)


class _Seconds(click.FloatRange):
    """A finite number of seconds, from a text or a configuration file."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number, which a timer can take."""
        found = super().convert(value, param, ctx)
        if isinstance(value, bool) or not found <= _LONGEST:
            self.fail(f"{value} is not a number of seconds up to {_LONGEST:.0f}.", param, ctx)
        return found


_LONGEST = 365 * 86400.0
_COUNT = _Count(min=1)
_SECONDS = _Seconds(min=0.001)

_OPTIONS = (
    _option("--upstream", "The API's host."),
    _option("--listen", "Address for callers, HOST:PORT."),
    _option("--admin", 'Address of /metrics, /healthz and /readyz; "" for none.'),
    _option(
        "--mode",
        "What becomes of a deprecated call.",
        type=click.Choice([each.value for each in Mode]),
        default=Mode.TRANSLATE.value,
    ),
    _option("--target-path", "Path of the replacement below the project, for PUT."),
    _option("--deprecated-since", "Since when the operation is deprecated (ISO 8601).", type=_MOMENT),
    _option("--sunset", "When the operation goes away (ISO 8601).", type=_MOMENT),
    _option("--sunset-link", "A page about it."),
    click.option(
        "--brownout",
        "brownouts",
        multiple=True,
        type=_WINDOW,
        envvar=f"{ENVIRONMENT_PREFIX}_BROWNOUT",
        help="Refuse deprecated calls for a while: START/END or START/PT15M. May be given several times.",
    ),
    _option("--brownout-status", "Status in a brownout.", type=click.Choice(["503", "410"]), default="503"),
    _option(
        "--database", 'Where calls are recorded (SQLite); ":memory:" for nowhere.', default=default_database
    ),
    _option("--key-file", "Key for the fingerprints of tokens; beside the database if not given."),
    _option("--ca-file", "Certificates to trust for the upstream, instead of the system's."),
    _option("--max-body", "Most bytes of a call to be translated.", type=_COUNT),
    _option("--max-depth", "Most levels of nesting in it.", type=_Count(1, 500)),
    _option("--max-answer", "Most bytes of an answer to be translated.", type=_COUNT),
    _option("--max-in-flight", "Most requests at a time, in each worker.", type=_COUNT),
    _option("--connect-timeout", "Seconds for a connection to the upstream.", type=_SECONDS),
    _option("--timeout", "Seconds for a call, or without progress until an answer begins.", type=_SECONDS),
    _option("--header-timeout", "Seconds for a caller's header.", type=_SECONDS),
    _option("--keep-alive", "Seconds that an idle connection to the upstream is kept.", type=_SECONDS),
    _option("--drain", "Seconds for requests under way after SIGTERM.", type=_SECONDS),
    _option("--workers", "Processes.", type=_COUNT),
    _option(
        "--log-level",
        "Least level of what is logged.",
        type=click.Choice(list(LEVELS)),
    ),
)


class _FromFile(click.Command):
    """A command whose defaults may stand in the configuration file."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the file before the command line, which goes before it."""
        found = from_file(Path.cwd(), _NAMES | {"brownout"})
        if "brownout" in found:
            spans = found.pop("brownout")
            found["brownouts"] = [spans] if isinstance(spans, str) else spans
        ctx.default_map = {**(ctx.default_map or {}), **found}
        return super().parse_args(ctx, args)


def _with_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command(
    cls=_FromFile, context_settings={"auto_envvar_prefix": ENVIRONMENT_PREFIX, "max_content_width": 110}
)
@click.option("--export", type=click.Choice(["nginx", "envoy"]), help="Write a configuration, do not serve.")
@click.option("--output", type=click.Path(file_okay=False, path_type=Path), help="Folder for --export.")
@_with_options
def proxy(export: str | None, output: Path | None, **options: Any) -> None:
    """Serve callers that can't be migrated yet, and record who they are.

    Deprecated calls are translated both ways; all else passes through. Each option can also stand in the
    environment (NF_MIGRATE_PROXY_MAX_BODY for --max-body), and all but --export and --output under [proxy]
    in .nf-migrate.toml or [tool.nf-migrate.proxy] in pyproject.toml of the current folder.
    """
    options["mode"] = Mode(options["mode"])
    options["brownout_status"] = int(options["brownout_status"])
    settings = checked(Settings(**options))
    if export is not None:
        _export(export, output, settings)
        return
    try:
        from migrate.proxy.serve import run  # noqa: PLC0415 (heavy, and an extra)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"The proxy needs the module {error.name}, which is not installed.", install("proxy")
        ) from None
    run(settings)


def _export(kind: str, output: Path | None, settings: Settings) -> None:
    from migrate.proxy.export import files  # noqa: PLC0415

    for name, text in files(kind, settings).items():
        if output is None:
            click.echo(f"# ── {name}\n{text}")
            continue
        _write(output / name, text)
        click.echo(output / name)


def _write(path: Path, text: str) -> None:
    """Write a file, in a new folder if need be. Raises UsageError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", "Name another place with --output.") from None


@click.command(
    cls=_FromFile, context_settings={"auto_envvar_prefix": ENVIRONMENT_PREFIX, "max_content_width": 110}
)
@_option("--database", "Record of calls that the proxy wrote.", default=default_database)
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "html"]), default="table", show_default=True
)
@click.option(
    "--scan",
    "scans",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A report of `nf-migrate scan --format json` to join with; may be given several times.",
)
@click.option(
    "--quiet-days", type=_COUNT, default=30, show_default=True, help="Days without a call to be safe."
)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write instead of stdout."
)
def usage(database: str, form: str, scans: tuple[Path, ...], quiet_days: int, output: Path | None) -> None:
    """Show who still makes deprecated calls, from the record that the proxy keeps."""
    from migrate.proxy import report  # noqa: PLC0415 (late, as all of the proxy)
    from migrate.proxy.usage import Store  # noqa: PLC0415

    if not Path(database).is_file():
        raise UsageError(
            f"{database}: there is no record of calls.", "Name that of the proxy: --database FILE"
        )
    findings = [finding for path in scans for finding in _findings(path)] if scans else None
    store = Store(database)
    try:
        found = report.Usage(time.time(), list(store.calls().items()), store.watched(), findings, quiet_days)
    finally:
        store.close()
    text = report.FORMATS[form](found)
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(output, text)


def _findings(path: Path) -> list[Any]:
    from migrate.proxy import report  # noqa: PLC0415

    try:
        return report.findings_of(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, OSError) as error:
        hint = "Make one: nf-migrate scan --format json --output scan.json ."
        raise UsageError(f"{path}: {error}", hint) from None
