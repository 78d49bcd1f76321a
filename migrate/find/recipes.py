"""What Makefiles and justfiles share: recipes are shell, and the rest is only searched.

https://northflank.com/docs/v1/api/jobs/put-manual-job: "Use /jobs/put-job instead".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from migrate.embed import Region, find_in, merge
from migrate.find import links
from migrate.find.text import names_in
from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source

_COMMENT = re.compile(r"^#[^\r\n]*", re.MULTILINE)


def find_in_recipes(source: Source, project: Project, language: str, regions: Sequence[Region]) -> Findings:
    """Uses in the recipes' commands, links in comments, and names in anything else."""
    explained = [(each.outer_start(0), each.outer_end(len(each.text))) for each in regions]
    comments = [found.span() for found in _COMMENT.finditer(source.text)]
    return merge(
        find_in(source, project, regions),
        links.find_in(source, language, comments),
        names_in(
            source,
            language,
            "it is not part of a recipe's command",
            "endpoint-name",
            explained=explained,
            comments=comments,
        ),
    )
