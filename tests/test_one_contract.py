"""One contract: no other module of the package writes its literals down a second time."""

import ast
import re
from pathlib import Path

import pytest

import migrate
from migrate import contract

PACKAGE = Path(migrate.__file__).parent
OWN = PACKAGE / "contract.py"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != OWN)


def literals() -> set[str]:
    """Every name, path and key of the contract that would tell old from new."""
    found = set(contract.MOVED_KEYS) | {contract.HOST, contract.OLD_TEMPLATE_KIND, contract.JOB_TYPE_FIELD}
    found |= {contract.DOCUMENTED_NAME.removeprefix("/"), contract.JS_CLIENT_PACKAGE, contract.CLI_PACKAGE}
    for operation in contract.OPERATIONS:
        found |= {operation.old_docs_page, operation.new_docs_page, operation.name}
        found |= {f"jobs/{operation.job_type}", f"job {operation.job_type}"}
        found |= {f"{operation.verb.capitalize()}Job{operation.job_type.capitalize()}"}
    return found


_WORD = re.compile("|".join(rf"(?<![A-Za-z]){re.escape(each)}(?![A-Za-z])" for each in sorted(literals())))


def strings(tree: ast.Module) -> list[tuple[int, str]]:
    """Line and value of each string constant that is no docstring and no bare string."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.lineno, node.value if isinstance(node.value, str) else node.value.decode("latin-1"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)) and id(node) not in bare
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_literal_of_the_contract(path: Path) -> None:
    """A module takes names, paths and keys from the contract instead of spelling them."""
    tree = ast.parse(path.read_text("utf-8"), str(path))
    found = [f"line {line}: {_WORD.search(text)[0]!r}" for line, text in strings(tree) if _WORD.search(text)]

    assert not found


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ('x = "backoffLimit"', 1),
        ('x = f"{y}/jobs/manual"', 1),
        ('x = b"put.job.manual"', 1),
        ('def f():\n    """backoffLimit"""', 0),
        ('"""jobs/manual"""', 0),
        ("# backoffLimit", 0),
        ('x = "no suspendedness, rescheduled"', 0),
    ],
)
def test_the_check_itself(code: str, count: int) -> None:
    """The check sees constants of every sort and neither docstrings nor comments."""
    assert sum(bool(_WORD.search(text)) for _, text in strings(ast.parse(code))) == count
