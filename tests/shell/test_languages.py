"""Which finder a file of these languages goes to."""

import pytest

from migrate import find


@pytest.mark.parametrize(
    ("path", "first_line", "language"),
    [
        ("deploy.sh", "", "shell"),
        ("bin/deploy", "#!/usr/bin/env bash", "shell"),
        ("bin/deploy", "#!/bin/sh -e", "shell"),
        ("Dockerfile", "", "dockerfile"),
        ("docker/Dockerfile.prod", "", "dockerfile"),
        ("prod.Dockerfile", "", "dockerfile"),
        ("Makefile", "", "makefile"),
        ("Makefile.md", "", "documents"),
        ("rules.mk", "", "makefile"),
        ("justfile", "", "justfile"),
        ("main.tf", "", "terraform"),
        ("main.go", "", "go"),
        ("README.MD", "", "documents"),
        ("page.mdx", "", "documents"),
        ("a.rb", "", "code"),
        ("LICENSE", "", find.FALLBACK),
    ],
)
def test_language(path: str, first_line: str, language: str) -> None:
    """By name, by the name without what follows its first dot, or by the shebang."""
    assert find.language_of(path, first_line) == language
    assert callable(find.finder_of(language))
