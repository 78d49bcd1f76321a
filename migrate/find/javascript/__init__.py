"""Finder for JavaScript and TypeScript, and for the scripts of Vue and Svelte components.

https://northflank.com/docs/v1/api/jobs/put-manual-job: "Use /jobs/put-job instead".

tree → scope → modules → values/strings (what an expression stands for) → client/http (requests)
→ trace/payload (their bodies) → moves/layout (edits) → account (what is shared) → uses.
"""

from __future__ import annotations

from migrate.find.javascript.modules import Module, Workspace
from migrate.find.javascript.uses import findings
from migrate.find.text import UNREADABLE, names_in
from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source

LANGUAGE = "javascript"


def find(source: Source, project: Project) -> Findings:
    """All uses in one source."""
    workspace = Workspace(project)
    module = Module(source)
    workspace.adopt(module)
    try:
        return findings(module, workspace)
    except RecursionError:
        return names_in(source, LANGUAGE, "it is nested too deeply", UNREADABLE)
