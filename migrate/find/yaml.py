"""Finder for YAML: request descriptions, pipelines, playbooks, manifests, cassettes, templates.

https://northflank.com/docs/v1/api/jobs/put-manual-job: "Use /jobs/put-job instead".
"""

from __future__ import annotations

from migrate.find.described import finder
from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source
from migrate.structured.document import parse

LANGUAGE = "yaml"


def find(source: Source, project: Project) -> Findings:
    """All uses in a YAML file. One that can't be parsed and names the endpoint is reported."""
    try:
        document = parse(source.text, "yaml")
    except ValueError as error:
        return finder.unreadable(source, project, LANGUAGE, str(error))
    return finder.find(source, project, document, LANGUAGE)
