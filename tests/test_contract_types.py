"""The contract agrees with the types that the vendor publishes with the JavaScript client.

The package is packed by npm into a cache outside of the tree. Its declarations are regular enough
for the small parser below: object types, unions, arrays and literals, with quoted keys.
"""

from __future__ import annotations

import os
import re
import subprocess
import tarfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from migrate import contract
from tests.need import need

VERSION = "0.9.5"
_TOKEN = re.compile(r"/\*.*?\*/|'(?:[^'\\]|\\.)*'|[\w$.-]+|[{}()\[\]|?:;,<>&=]", re.DOTALL)


@dataclass(frozen=True)
class Field:
    """One property of an object type: its type (a dict for an object, else text), whether optional."""

    type: object
    optional: bool


def declarations() -> Path:
    """The client's declarations, packed once into the user's cache."""
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "nf-migrate-tests"
    archive = base / f"northflank-js-client-{VERSION}.tgz"
    if not archive.exists():
        base.mkdir(parents=True, exist_ok=True)
        package = f"{contract.JS_CLIENT_PACKAGE}@{VERSION}"
        subprocess.run([need("npm"), "pack", "--silent", package], cwd=base, check=True, capture_output=True)
    return archive


@cache
def text() -> str:
    """Text of the declarations file."""
    with tarfile.open(declarations()) as packed:
        member = packed.extractfile("package/dist/esm/api-client.d.ts")
        assert member is not None
        return member.read().decode()


class Parser:
    """Recursive descent over the tokens of one type."""

    def __init__(self, source: str) -> None:
        self.tokens = [each for each in _TOKEN.findall(source) if not each.startswith("/*")]
        self.at = 0

    def next(self) -> str:
        """Take a token."""
        self.at += 1
        return self.tokens[self.at - 1]

    def peek(self) -> str:
        """The token to come, or nothing."""
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def type(self) -> object:
        """A union of types with array suffixes; a union of one is that one."""
        parts = [self.single()]
        while self.peek() == "|":
            self.next()
            parts.append(self.single())
        return parts[0] if len(parts) == 1 else ("union", tuple(parts))

    def single(self) -> object:
        """A type without a union."""
        found: object = self.object() if self.peek() == "{" else self.group()
        while self.peek() == "[":
            self.next()
            assert self.next() == "]"
            found = ("array", found)
        return found

    def group(self) -> object:
        """A name, a literal or a type in parentheses."""
        if self.peek() != "(":
            return self.next()
        self.next()
        found = self.type()
        assert self.next() == ")"
        return found

    def object(self) -> dict[str, Field]:
        """An object type."""
        assert self.next() == "{"
        fields: dict[str, Field] = {}
        while self.peek() != "}":
            name = self.key()
            optional = self.peek() == "?"
            if optional:
                self.next()
            assert self.next() == ":", f"after {name}: {self.tokens[self.at - 3 : self.at + 3]}"
            fields[name] = Field(self.type(), optional)
            assert self.next() == ";"
        self.next()
        return fields

    def key(self) -> str:
        """A property's name, without quotes."""
        name = self.next()
        if name == "[":
            while name[-1] != "]":
                name += self.next()
        return name.strip("'")


@cache
def type_of(name: str) -> dict[str, Field]:
    """The parsed type declared under a name."""
    found = re.search(rf"^type {name} = (.*?)^\}};", text(), re.MULTILINE | re.DOTALL)
    assert found, f"{name} is not declared"
    parsed = Parser(found[1] + "};").type()
    assert isinstance(parsed, dict), name
    return parsed


def upgraded(operation: contract.Operation, old: dict[str, Field]) -> dict[str, Field]:
    """The old type as the contract moves its fields: what the new one must be without the cron part."""
    body = contract.move_keys(operation, dict(old))
    result: dict[str, Field] = {}
    for name, field in body.items():
        if name == contract.SETTINGS:
            inner = dict(field)
            if contract.CRON in inner:
                inner[contract.CRON] = Field(dict(inner[contract.CRON]), optional=True)
            result[name] = Field(inner, optional=True)
        else:
            result[name] = field
    return result


def without_cron(new: dict[str, Field]) -> dict[str, Field]:
    """The new type as far as a manual job can use it."""
    settings = new[contract.SETTINGS].type
    assert isinstance(settings, dict)
    inner = {name: field for name, field in settings.items() if name != contract.CRON}
    return new | {contract.SETTINGS: Field(inner, new[contract.SETTINGS].optional)}


def names(operation: contract.Operation, part: str) -> tuple[str, str]:
    """The old and the new name of one of the client's types."""
    old = f"{operation.verb.capitalize()}Job{operation.job_type.capitalize()}{part}"
    new = contract.rename_type(old)
    assert new is not None
    return old, new


@pytest.mark.parametrize("operation", contract.OPERATIONS, ids=lambda each: each.name)
def test_data_differs_by_what_the_contract_moves(operation: contract.Operation) -> None:
    """The request types differ by the moved keys and by nothing else, optional or not included."""
    old, new = (type_of(name) for name in names(operation, "Data"))

    assert set(operation.moved_keys) == set(old) - set(new)
    assert set(new) - set(old) == {contract.SETTINGS}
    wanted = new if operation.job_type == contract.CRON else without_cron(new)
    assert upgraded(operation, old) == wanted


@pytest.mark.parametrize("operation", contract.OPERATIONS, ids=lambda each: each.name)
def test_required_keys(operation: contract.Operation) -> None:
    """What the contract calls required is what the old type requires of the moved keys."""
    old = type_of(names(operation, "Data")[0])

    assert set(operation.required) == {key for key in operation.moved_keys if not old[key].optional}


@pytest.mark.parametrize("operation", contract.OPERATIONS, ids=lambda each: each.name)
def test_result_differs_by_what_the_contract_moves(operation: contract.Operation) -> None:
    """The answer types differ by the moved keys and by the job's type, which either one may be."""
    old, new = (dict(type_of(name)) for name in names(operation, "Result"))

    assert old.pop(contract.JOB_TYPE_FIELD) == Field(f"'{operation.job_type}'", optional=False)
    assert new.pop(contract.JOB_TYPE_FIELD).optional is False
    wanted = new if operation.job_type == contract.CRON else without_cron(new)
    assert upgraded(operation, old) == wanted


@pytest.mark.parametrize("operation", contract.OPERATIONS, ids=lambda each: each.name)
@pytest.mark.parametrize("part", ["Data", "Request", "Parameters", "Result", "Call", "Endpoint"])
def test_every_type_name_is_exported(operation: contract.Operation, part: str) -> None:
    """Each renamed type exists under its old and under its new name."""
    for name in names(operation, part):
        assert re.search(rf"^export (?:type )?\{{.*\b{name}\b", text(), re.MULTILINE), name


def test_no_other_type_has_a_deprecated_name() -> None:
    """No exported name of a manual or cron job is unknown to the contract."""
    exported = re.findall(r"^export (?:type )?\{(.*)\}", text(), re.MULTILINE)
    found = {name for each in exported for name in re.findall(r"\w*Job(?:Manual|Cron)\w*", each)}

    assert found
    assert {name for name in found if not contract.rename_type(name)} == set()


@pytest.mark.parametrize("operation", contract.OPERATIONS, ids=lambda each: each.name)
def test_methods_and_paths(operation: contract.Operation) -> None:
    """The client's endpoint classes have the methods and the paths that the contract names."""
    for name, path in zip(
        names(operation, "Endpoint"), (operation.old_path, operation.new_path), strict=True
    ):
        base = f"{operation.method.capitalize()}ApiEndpoint"
        assert re.search(rf"^declare class {name} extends {base}<", text(), re.MULTILINE)
        found = re.findall(r'projects/"\)?\.concat\(encodeURIComponent\([^()]*\),"([^"]*)"', code_of(name))
        # Once with and once without the teams part.
        assert found == [path.removesuffix("{jobId}")] * 2


@cache
def packed_code() -> str:
    """The client's minified code."""
    with tarfile.open(declarations()) as packed:
        member = packed.extractfile("package/dist/esm/api-client.js")
        assert member is not None
        return member.read().decode()


def code_of(name: str) -> str:
    """The minified code of one exported endpoint class."""
    short = re.search(rf"([\w$]+) as {name}\b", packed_code())
    assert short, name
    start = packed_code().index(f"{short[1]}=function(e){{function t(){{")
    return packed_code()[start:].split(".description=")[1]
