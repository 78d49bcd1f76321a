"""The examples of docs/shell-and-documents.md are what the tool does."""

import re
from pathlib import Path

import pytest

from tests.shell.test_laws import migrated

PAGE = Path(__file__).parents[2] / "docs" / "shell-and-documents.md"
EXAMPLES = re.findall(
    r"^Before[^\n]*:\n\n```sh\n(.*?)```\n\nAfter:\n\n```sh\n(.*?)```",
    PAGE.read_text("utf-8"),
    re.DOTALL | re.MULTILINE,
)


@pytest.mark.parametrize(("before", "after"), EXAMPLES)
def test_example(before: str, after: str) -> None:
    """Before becomes after, and after stays."""
    assert migrated(before) == after
    assert migrated(after) == after


def test_there_are_examples() -> None:
    """The page has examples in the form that is tested."""
    assert len(EXAMPLES) == 2
