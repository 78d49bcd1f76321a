"""Finder for requests of Bruno (``.bru``).

https://northflank.com/docs/v1/api/jobs/put-manual-job: "Use /jobs/put-job instead".
"""

from __future__ import annotations

from migrate.find.described.request_files import find as find_requests
from migrate.find.described.request_files import in_bruno_file
from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source

LANGUAGE = "bruno"


def find(source: Source, project: Project) -> Findings:
    """All uses in a request file of Bruno."""
    return find_requests(source, project, in_bruno_file(source.text), LANGUAGE)
