"""Find, apply, find again and verify, without the rest of the pipeline."""

from __future__ import annotations

from dataclasses import dataclass

from migrate import contract, plan, verify
from migrate.find import find
from migrate.model import Action, Findings, Options, Use
from migrate.project import Project
from migrate.source import Source

HEAD = 'import requests\n\nAPI = "https://api.northflank.com/v1/projects/web"\n'


@dataclass(frozen=True)
class Result:
    """What was found, the uses after planning, and the texts after."""

    found: Findings
    uses: tuple[Use, ...]
    after: dict[str, str]

    @property
    def text(self) -> str:
        """The new text of the only file, or of ``main.py``."""
        return self.after.get("main.py") or next(iter(self.after.values()))

    @property
    def reviews(self) -> list[Use]:
        """What is left for a person."""
        return [use for use in self.uses if use.action is Action.REVIEW]


def migrate(files: str | dict[str, str], path: str = "main.py", *, adapt: bool = False) -> Result:
    """Migrate one file as `nf-migrate rewrite` would, and verify the result."""
    texts = {path: files} if isinstance(files, str) else files
    data = {name: text.encode() for name, text in texts.items()}
    options = Options(target_path=contract.DEFAULT_TARGET_PATH, adapt=adapt)
    project = Project("nowhere", options, data)
    source = project.read(path)
    assert source is not None
    found = find(source, project)
    planned = plan.make(found.uses)
    after = {name: plan.apply_edits(text, planned.edits.get(name, ())) for name, text in data.items()}
    again = project.with_overlay(after)
    changed = again.read(path)
    assert changed is not None
    verify.check(found, find(changed, again), planned.applied)
    uses = tuple(use for each in planned.uses.values() for use in each)
    return Result(found, uses, {name: Source.decode(name, text).text for name, text in after.items()})
