"""Finder for JSON and JSONC: request descriptions, collections, recordings, embedded programs.

https://northflank.com/docs/v1/api/jobs/put-manual-job: "Use /jobs/put-job instead".
"""

from __future__ import annotations

from migrate import definitions
from migrate.find.described import finder
from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source

LANGUAGE = "json"


def find(source: Source, project: Project) -> Findings:
    """All uses in a JSON file; with comments or trailing commas it is read as JSONC."""
    try:
        document = definitions.parsed(source.text, "json")
    except ValueError as error:
        return finder.unreadable(source, project, LANGUAGE, str(error))
    return finder.find(source, project, document, LANGUAGE)
