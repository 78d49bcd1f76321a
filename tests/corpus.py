"""Reads the cases of the corpus: corpus/README.md says how they are written."""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from migrate import contract, pipeline
from migrate.model import Action, Candidate, Options, Outcome, Run, Use

CORPUS = Path(__file__).parent.parent / "corpus"
_HEADER = re.compile(rb"(?:#|//) (?P<name>flags|expect|run)(?::[ \t]*(?P<value>[^\r\n]*))?\r?\n")
_OUTPUT = re.compile(rb"^(?:#|//) output\r?\n", re.MULTILINE)
_WORDS = {"review", "noted", "rewrite", "either"}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What must be found: word is ``review``, ``noted``, ``rewrite`` or ``either``.

    kinds: the kinds of use that satisfy a ``review`` or ``noted`` (empty: any); about: words that
    its message or advice must hold.
    """

    word: str
    kinds: tuple[str, ...] = ()
    about: str = ""

    def met_by(self, use: Use) -> bool:
        """Whether a use is the expected review."""
        told = f"{use.message} {use.advice}".lower()
        return (not self.kinds or use.kind in self.kinds) and self.about.lower() in told


@dataclass(frozen=True, slots=True)
class Case:
    """One case: files before and after, options, expectations, and the file to run ("" for none).

    after is None where the text of the result is free or the files must stay as they are.
    """

    name: str
    before: dict[str, bytes]
    after: dict[str, bytes] | None
    flags: tuple[str, ...] = ()
    expected: tuple[Expectation, ...] = ()
    run: str = ""

    @property
    def free(self) -> bool:
        """Whether the result may be any text that does the right thing."""
        return any(each.word != "review" for each in self.expected)

    @property
    def stays(self) -> bool:
        """Whether nothing may change."""
        return self.after is None and not self.free

    def options(self) -> Options:
        """The finders' options for the case's flags."""
        values = {"target_path": contract.DEFAULT_TARGET_PATH}
        flags = iter(self.flags)
        for flag in flags:
            name = flag.removeprefix("--").replace("-", "_")
            if name == "definitions":
                values[name] = (next(flags),)  # type: ignore[assignment]
                continue
            values[name] = next(flags) if name == "target_path" else True  # type: ignore[assignment]
        return Options(**values)  # type: ignore[arg-type]


def expectation(text: str) -> Expectation:
    """Read ``review kind|kind words``."""
    word, kinds, *about = [*text.split(maxsplit=2), "", ""][:3]
    if word not in _WORDS:
        raise ValueError(f"unknown expectation {word!r}; known: {', '.join(sorted(_WORDS))}")
    return Expectation(word, tuple(kinds.split("|")) if kinds else (), about[0])


def read_file(path: Path) -> Case:
    """A case in one file: headers, input, ``# output``, expected output."""
    data = path.read_bytes()
    headers: list[tuple[str, str]] = []
    while found := _HEADER.match(data):
        headers.append((found["name"].decode(), (found["value"] or b"").decode()))
        data = data[found.end() :]
    before, *after = _OUTPUT.split(data, maxsplit=1)
    return Case(
        path.stem,
        {path.name: before},
        {path.name: after[0]} if after else None,
        tuple(flag for name, value in headers if name == "flags" for flag in shlex.split(value)),
        tuple(expectation(value) for name, value in headers if name == "expect"),
        path.name if any(name == "run" for name, _ in headers) else "",
    )


def read_folder(path: Path) -> Case:
    """A case of several files, or of one whose bytes matter: ``before/``, ``after/``, ``case.toml``."""
    given = path / "case.toml"
    settings = tomllib.loads(given.read_text("utf-8")) if given.exists() else {}
    if unknown := settings.keys() - {"flags", "expect", "run"}:
        raise ValueError(f"{given}: unknown keys {sorted(unknown)}")
    before = files(path / "before")
    after = before | files(path / "after") if (path / "after").exists() else None
    return Case(
        path.name,
        before,
        after,
        tuple(settings.get("flags", ())),
        tuple(map(expectation, settings.get("expect", ()))),
        settings.get("run", ""),
    )


def files(folder: Path) -> dict[str, bytes]:
    """Contents of all files below a folder by relative POSIX path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def cases(language: str) -> list[Case]:
    """All cases of a language, by name."""
    found = []
    for path in sorted((CORPUS / language).iterdir()):
        if path.is_dir():
            found.append(read_folder(path))
        elif not path.name.startswith("."):
            found.append(read_file(path))
    return found


def write(contents: dict[str, bytes], folder: Path) -> None:
    """Write files below a folder."""
    for name, data in contents.items():
        target = folder / PurePosixPath(name)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def migrate(contents: dict[str, bytes], options: Options, folder: Path) -> tuple[Run, dict[str, bytes]]:
    """Run the whole pipeline over some files, which it finds in a folder, and give the files after.

    The current directory must be the folder.
    """
    write(contents, folder)
    candidates = [Candidate(name, ".", explicit=True) for name in sorted(contents)]
    run = pipeline.run("rewrite", candidates, options)
    planned = [each for each in run.files if each.outcome is Outcome.WOULD_REWRITE]
    after = {each.path: each.after for each in planned if each.after is not None}
    return run, contents | after


def reviews(run: Run) -> list[Use]:
    """The uses that are left to a person."""
    return [use for use in run.uses if use.action is Action.REVIEW]
