"""PowerShell: commands of Northflank's CLI that are plain on one line; other requests are reported.

https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
"""

from __future__ import annotations

import re

from migrate import contract
from migrate.embed import find_in, merge
from migrate.find import links, open_paths
from migrate.find.text import names_in
from migrate.model import Findings
from migrate.project import Project
from migrate.quoting import verbatim
from migrate.source import Source

LANGUAGE = "powershell"
_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\r\n]*|<#.*?#>", re.MULTILINE | re.DOTALL)
_PLAIN = r"(?:'[^'\r\n]*'|[^\"'`\r\n;|])*"
_COMMAND = re.compile(
    rf"^[ \t]*(?:\$\w+[ \t]*=[ \t]*)?(?P<command>{contract.CLI_PROGRAM}[ \t]{_PLAIN})$", re.MULTILINE
)


def find(source: Source, project: Project) -> Findings:
    """All uses in a PowerShell script."""
    spans = [found.span("command") for found in _COMMAND.finditer(source.text)]
    comments = [found.span() for found in _COMMENT.finditer(source.text)]
    return merge(
        find_in(source, project, [verbatim("shell", source.text, *each, refuse="\r\n") for each in spans]),
        links.find_in(source, LANGUAGE, comments),
        open_paths.find_in(source, LANGUAGE, explained=spans, comments=comments),
        names_in(
            source, LANGUAGE, "requests in PowerShell are only reported", explained=spans, comments=comments
        ),
    )
