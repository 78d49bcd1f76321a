"""Run the whole flow over files in memory: find, plan, verify."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from migrate import contract, pipeline
from migrate.model import Candidate, Options, Outcome, Run, Use

OPTIONS = Options(target_path=contract.DEFAULT_TARGET_PATH)


@dataclass(frozen=True)
class Planned:
    """The result for files given by path: the new texts, and everything that was found."""

    run: Run
    texts: dict[str, str]

    @property
    def uses(self) -> list[Use]:
        """All uses, in order."""
        return list(self.run.uses)

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Kind and action of every use."""
        return [(use.kind, str(use.action)) for use in self.run.uses]

    @property
    def text(self) -> str:
        """The new text of the only file."""
        (text,) = self.texts.values()
        return text


def planned(files: dict[str, str], **options: object) -> Planned:
    """Plan the rewrite of files. No file may fail; what is planned has passed the verification."""
    overlay = {path: text.encode("utf-8") for path, text in files.items()}
    candidates = [Candidate(path, ".") for path in files]
    chosen = replace(OPTIONS, **options)  # type: ignore[arg-type]
    run = pipeline.run("rewrite", candidates, chosen, overlay=overlay)
    faults = [f"{each.path}: {each.reason}" for each in run.files if each.outcome is Outcome.FAILED]
    if faults:
        pytest.fail("\n".join(faults))
    after = {each.path: each.after.decode("utf-8") for each in run.files if each.after is not None}
    return Planned(run, {path: after.get(path, text) for path, text in files.items()})
