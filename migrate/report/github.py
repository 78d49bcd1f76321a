"""The run as GitHub workflow commands: annotations on the changed files of a pull request.

Escaping as in the runner (actions/toolkit, `core.command`): ``%``, CR and LF in data; in
properties ``:`` and ``,`` too. GitHub shows at most ten warnings and ten errors of a step, so a
job summary (``--report markdown=$GITHUB_STEP_SUMMARY``) belongs beside it.
"""

from __future__ import annotations

from collections.abc import Mapping

from migrate.accounts import Accounts, State
from migrate.model import FileResult, Outcome, Run, Use
from migrate.report import RenderOptions
from migrate.report.words import LEVELS, STATE_WORDS, plain, title, visible, whole_message

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
_ORDER = {"error": 0, "warning": 1, "note": 2}


def render(run: Run, options: RenderOptions) -> str:
    """A command a line: what failed first, then what is for a person, as GitHub cuts the end off."""
    accounts = Accounts.of(run)
    ranked = sorted(accounts.open, key=lambda each: (_ORDER[LEVELS[each[1]]], each[1] is not State.REVIEW))
    lines = [
        _of_file(each, options) for each in run.files if each.outcome is Outcome.FAILED and not each.uses
    ]
    lines += [_of_use(use, state, each, run.written, options) for use, state, each in ranked]
    text = "".join(f"{line}\n" for line in lines)
    return text if options.unicode else plain(text)


def _of_use(use: Use, state: State, file: FileResult, written: bool, options: RenderOptions) -> str:
    path = visible(options.where.of(use.path))
    places: dict[str, object] = {"file": path, "line": use.line, "endLine": use.end_line}
    if use.line == use.end_line:
        places |= {"col": use.column, "endColumn": use.end_column}
    places["title"] = f"{title(use)}: {STATE_WORDS[state, written]}"
    return command(_COMMANDS[LEVELS[state]], places, visible(whole_message(use, state, file)))


def _of_file(each: FileResult, options: RenderOptions) -> str:
    places = {"file": visible(options.where.of(each.path)), "title": "nf-migrate failed"}
    return command("error", places, visible(each.reason))


def command(name: str, properties: Mapping[str, object], data: str) -> str:
    """A workflow command: ``::name key=value,key=value::data``, escaped."""
    listed = ",".join(f"{key}={escape_property(str(value))}" for key, value in properties.items())
    return f"::{name} {listed}::{escape_data(data)}"


def escape_data(text: str) -> str:
    """Text as the data of a command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_property(text: str) -> str:
    """Text as the value of a property."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")
