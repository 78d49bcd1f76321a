"""Finder for ``.http`` and ``.rest`` files (JetBrains HTTP Client, VS Code REST Client).

https://northflank.com/docs/v1/api/jobs/put-manual-job: "Use /jobs/put-job instead".
"""

from __future__ import annotations

from migrate.find.described.request_files import find as find_requests
from migrate.find.described.request_files import in_http_file
from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source

LANGUAGE = "http_file"


def find(source: Source, project: Project) -> Findings:
    """All uses in a file of requests."""
    return find_requests(source, project, in_http_file(source.text), LANGUAGE)
