"""Pins of the client: ranges, lockfiles of every package manager, and what a call then needs."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrate import contract, pins
from migrate.model import Options
from migrate.plan import apply_edits
from migrate.project import Project

NAME = contract.JS_CLIENT_PACKAGE
FIRST = contract.FIRST_CLIENT_WITH_SUCCESSOR


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, contents: dict[str, str]) -> None:
    """Write files below a folder."""
    for name, text in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def manifest(range_: str, section: str = "dependencies") -> str:
    """A package.json that asks for the client."""
    return json.dumps({"name": "x", section: {"axios": "^1.0.0", NAME: range_}}, indent=2)


def project(*, dependency_edits: bool = True) -> Project:
    """The project in the current directory."""
    return Project(".", Options(contract.DEFAULT_TARGET_PATH, dependency_edits=dependency_edits))


@pytest.mark.parametrize(
    ("range_", "lowest"),
    [
        ("0.7.27", (0, 7, 27)),
        ("=0.8.10", (0, 8, 10)),
        ("v0.8.10", (0, 8, 10)),
        ("^0.7.0", (0, 7, 0)),
        ("~0.8.1", (0, 8, 1)),
        (">=0.8.10", (0, 8, 10)),
        (">0.8.9", (0, 8, 10)),
        (">= 0.8.10 < 1", (0, 8, 10)),
        ("0.8.x", (0, 8, 0)),
        ("0.9", (0, 9, 0)),
        ("1", (1, 0, 0)),
        ("*", (0, 0, 0)),
        ("", (0, 0, 0)),
        ("0.7.0 - 0.9.0", (0, 7, 0)),
        ("^0.9.0 || ^0.7.1", (0, 7, 1)),
        ("^0.8.10-beta.1", (0, 8, 9)),
        ("workspace:*", None),
        ("catalog:", None),
        ("file:../client", None),
        ("git+https://example.com/client.git", None),
        ("npm:other@^1.0.0", None),
        ("latest", None),
        ("<1", (0, 0, 0)),
    ],
)
def test_lowest(range_: str, lowest: tuple[int, int, int] | None) -> None:
    """The lowest version of a range is told, or that it is not understood."""
    assert pins.lowest(range_) == lowest


@given(st.tuples(*[st.integers(0, 99)] * 3), st.sampled_from(["", "^", "~", ">=", "="]))
def test_raised_range_is_new_enough(parts: tuple[int, int, int], operator: str) -> None:
    """Whatever simple range was there, the raised one asks for a version that has the successor."""
    raised = pins.raised(operator + ".".join(map(str, parts)))

    assert pins.lowest(raised) == pins.REQUIRED
    assert raised.startswith(operator)


@given(st.text(max_size=30))
def test_no_range_breaks_it(text: str) -> None:
    """Any text is a range that is understood or is not; none raises an error."""
    pins.lowest(text)
    pins.version(text)


YARN_CLASSIC = f'''# yarn lockfile v1


"@other/js-client@^0.9.0":
  version "0.9.9"

"{NAME}@^0.7.20", "{NAME}@^0.7.27":
  version "0.7.27"
  resolved "https://example.com/js-client-0.7.27.tgz"
'''
YARN_BERRY = f'''__metadata:
  version: 8

"{NAME}@npm:^0.9.0":
  version: 0.9.5
  resolution: "{NAME}@npm:0.9.5"
  languageName: node
'''
PNPM_9 = f"""lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      '{NAME}':
        specifier: ^0.7.27
        version: 0.7.27(ws@8.0.0)
  packages/app:
    dependencies:
      '{NAME}':
        specifier: ^0.9.0
        version: 0.9.5
"""
PNPM_5 = f"lockfileVersion: 5.4\ndependencies:\n  '{NAME}': 0.7.27_ws@8.0.0\n"
BUN = f'''{{
  "lockfileVersion": 1,
  "packages": {{
    "{NAME}": ["{NAME}@0.7.27", "", {{ "dependencies": {{}} }}, "sha512-x"],
  }}
}}
'''


def npm_lock(place: str, version: str) -> str:
    """A package-lock.json of version 3 with the client at one place."""
    return json.dumps({"lockfileVersion": 3, "packages": {place: {"version": version}}})


@pytest.mark.parametrize(
    ("name", "text", "folder", "expected"),
    [
        ("package-lock.json", npm_lock(f"node_modules/{NAME}", "0.7.27"), ".", "0.7.27"),
        (
            "package-lock.json",
            npm_lock(f"packages/app/node_modules/{NAME}", "0.9.5"),
            "packages/app",
            "0.9.5",
        ),
        ("package-lock.json", npm_lock(f"node_modules/{NAME}", "0.7.27"), "packages/app", "0.7.27"),
        ("npm-shrinkwrap.json", json.dumps({"dependencies": {NAME: {"version": "0.7.1"}}}), ".", "0.7.1"),
        ("yarn.lock", YARN_CLASSIC, ".", "0.7.27"),
        ("yarn.lock", YARN_CLASSIC.replace("\n", "\r\n"), ".", "0.7.27"),
        ("yarn.lock", YARN_BERRY, ".", "0.9.5"),
        ("pnpm-lock.yaml", PNPM_9, ".", "0.7.27"),
        ("pnpm-lock.yaml", PNPM_9, "packages/app", "0.9.5"),
        ("pnpm-lock.yaml", PNPM_5, ".", "0.7.27"),
        ("bun.lock", BUN, ".", "0.7.27"),
        ("package-lock.json", "[]", ".", ""),
        ("package-lock.json", "{", ".", ""),
        ("pnpm-lock.yaml", "a: [", ".", ""),
        ("yarn.lock", "", ".", ""),
        ("bun.lock", "", ".", ""),
    ],
)
def test_locked_version(name: str, text: str, folder: str, expected: str) -> None:
    """The pinned version is read from the lockfile of every package manager; a broken one has none."""
    assert pins.locked_version(name, text, folder, ["^0.7.27", "^0.9.0"]) == expected


def test_without_the_client_nothing_is_asked(place: Path) -> None:
    """A file in a package that does not name the client needs nothing."""
    write(place, {"package.json": '{"dependencies": {"axios": "^1"}}', "a.js": ""})

    assert pins.requirement("a.js", project()) == ((), ())


@pytest.mark.parametrize("range_", ["^0.8.10", "0.9.5", ">=0.9"])
def test_new_enough(place: Path, range_: str) -> None:
    """A range that only has versions with the successor needs nothing."""
    write(place, {"package.json": manifest(range_)})

    assert pins.requirement("src/a.js", project()) == ((), ())


@pytest.mark.parametrize("section", pins.SECTIONS)
def test_range_is_raised(place: Path, section: str) -> None:
    """An old range is edited by its span, whichever section it stands in, and the install is told."""
    text = manifest("^0.7.27", section)
    write(place, {"package.json": text, "yarn.lock": YARN_CLASSIC})

    (needed,), edits = pins.requirement("src/a.js", project())

    assert needed.id == pins.ID
    assert needed.met
    assert needed.command == "yarn install"
    assert "0.7.27" in needed.text
    assert apply_edits(text.encode(), sorted(edits)).decode() == text.replace("^0.7.27", f"^{FIRST}")


def test_without_dependency_edits_the_call_is_held(place: Path) -> None:
    """Where package.json may not be edited, the prerequisite is unmet and says what to type."""
    write(place, {"package.json": manifest("^0.7.27"), "pnpm-lock.yaml": PNPM_9})

    (needed,), edits = pins.requirement("a.js", project(dependency_edits=False))

    assert edits == ()
    assert not needed.met
    assert needed.command == f"pnpm add {NAME}@^{FIRST}"


def test_a_lockfile_that_stays_too_old_holds_the_call(place: Path) -> None:
    """A lockfile that is older than its range can't be mended by an edit: it must be installed first."""
    lock = npm_lock(f"node_modules/{NAME}", "0.7.27")
    write(place, {"package.json": manifest("^0.9.0"), "package-lock.json": lock})

    (needed,), edits = pins.requirement("a.js", project())

    assert edits == ()
    assert not needed.met
    assert "npm install" in needed.command


def test_a_lockfile_that_is_new_enough_suffices(place: Path) -> None:
    """A wide range with a new version in the lockfile needs nothing."""
    lock = npm_lock(f"node_modules/{NAME}", "0.9.5")
    write(place, {"package.json": manifest(">=0.7.0"), "package-lock.json": lock})

    assert pins.requirement("a.js", project()) == ((), ())


@pytest.mark.parametrize("range_", ["workspace:*", "catalog:", "file:../client"])
def test_what_is_not_understood_is_said(place: Path, range_: str) -> None:
    """A range that is not understood holds the call and is named."""
    write(place, {"package.json": manifest(range_)})

    (needed,), edits = pins.requirement("a.js", project())

    assert edits == ()
    assert not needed.met
    assert range_ in needed.text


def test_nearest_package_and_lockfile_above(place: Path) -> None:
    """In a workspace the nearest package.json that names the client holds, with the lockfile of the root."""
    write(
        place,
        {
            "package.json": '{"workspaces": ["packages/*"]}',
            "package-lock.json": npm_lock(f"node_modules/{NAME}", "0.7.27"),
            "packages/app/package.json": manifest("^0.7.0"),
        },
    )

    (needed,), (edit,) = pins.requirement("packages/app/src/deep/a.ts", project())

    assert edit.path == "packages/app/package.json"
    assert needed.met
    assert needed.command == "(cd packages/app && npm install)"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"dependencies": []}', f'{{"dependencies": {{"{NAME}": 3}}}}']
)
def test_broken_manifest(place: Path, text: str) -> None:
    """A package.json that is broken or odd asks for nothing and breaks nothing."""
    write(place, {"package.json": text})

    assert pins.requirement("a.js", project()) == ((), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"dependencies": {"nf": "npm:%s@^0.7.27"}}', '{"dependencies": {"nf": "npm:%s@^0.8.10"}}'),
        ('{"resolutions": {"**/%s": "0.7.27"}}', '{"resolutions": {"**/%s": "0.8.10"}}'),
        ('{"pnpm": {"overrides": {"%s": "0.7.27"}}}', '{"pnpm": {"overrides": {"%s": "0.8.10"}}}'),
        ('{"overrides": {"other": {"%s": "0.7.27"}}}', '{"overrides": {"other": {"%s": "0.8.10"}}}'),
        ('{"dependencies": {"%s": "0.7.x"}}', '{"dependencies": {"%s": "^0.8.10"}}'),
    ],
)
def test_every_place_of_a_range_is_raised(place: Path, text: str, expected: str) -> None:
    """An alias and what overrides the range count as well, and are raised where they stand."""
    text, expected = text % NAME, expected.replace("0.8.10", FIRST) % NAME
    write(place, {"package.json": text})

    (needed,), edits = pins.requirement("a.js", project())

    assert needed.met
    assert apply_edits(text.encode(), sorted(edits)).decode() == expected


@pytest.mark.parametrize(
    "contents",
    [
        {"package.json": f'{{"dependencies": {{"{NAME}": "^0.7.1",}}}}'},
        {"package.json": manifest("catalog:"), "pnpm-workspace.yaml": f"catalog:\n  '{NAME}': ^0.7.27\n"},
        {"package.json": manifest("^0.9.0"), "pnpm-workspace.yaml": f"overrides:\n  '{NAME}': 0.7.27\n"},
    ],
)
def test_what_another_file_decides_holds_the_call(place: Path, contents: dict[str, str]) -> None:
    """A manifest that can't be parsed, a catalog and a workspace's override are left to a person."""
    write(place, contents)

    (needed,), edits = pins.requirement("a.js", project())

    assert edits == ()
    assert not needed.met


def test_a_catalog_that_is_new_enough_suffices(place: Path) -> None:
    """The range is the catalog's."""
    catalog = f"catalogs:\n  api:\n    '{NAME}': ^0.9.0\n"
    write(place, {"package.json": manifest("catalog:api"), "pnpm-workspace.yaml": catalog})

    assert pins.requirement("a.js", project()) == ((), ())


def test_deno(place: Path) -> None:
    """The import map of deno.jsonc is raised, comments and all."""
    text = f'{{\n  "imports": {{ "nf": "npm:{NAME}@^0.7.27" }} // pin\n}}\n'
    write(place, {"deno.jsonc": text})

    (needed,), edits = pins.requirement("a.ts", project())

    assert needed.command == "deno install"
    assert apply_edits(text.encode(), sorted(edits)).decode() == text.replace("^0.7.27", f"^{FIRST}")


def test_a_binary_lockfile_tells_the_program(place: Path) -> None:
    """bun.lockb is not read, but says which program installs."""
    write(place, {"package.json": manifest(">=0.7.0")})
    (place / "bun.lockb").write_bytes(b"#!/usr/bin/env bun\nbun-lockfile-format-v0\n\xff\x00")

    (needed,), edits = pins.requirement("a.js", project())

    assert len(edits) == 1
    assert needed.command == "bun install"
