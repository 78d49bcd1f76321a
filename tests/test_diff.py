"""Patches that git takes, and rows that tell the same."""

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from migrate import diff

BYTES = st.lists(
    st.sampled_from(
        [
            b"a\n",
            b"b\n",
            b"a\r\n",
            b"x\ry\n",
            b"\x0c\n",
            b"\n",
            b"c",
            b"\xff\n",
            "é\u2028ü\n".encode(),
            b"+\n",
            b"-- \n",
        ]
    ),
    max_size=30,
).map(b"".join)
NAMES = [
    "plain.py",
    "with space.py",
    'quo"te.py',
    "back\\slash",
    "ümläut/näme.py",
    "tab\there",
    "-dash",
    "a b/c d",
]


def apply(folder: Path, patch: bytes, *options: str) -> None:
    """Give the patch to git."""
    command = ["git", "apply", "--whitespace=nowarn", *options, "-"]
    done = subprocess.run(command, cwd=folder, input=patch, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=st.lists(st.tuples(BYTES, BYTES), min_size=1, max_size=8), context=st.integers(1, 4))
def test_git_applies_and_undoes(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[bytes, bytes]], context: int
) -> None:
    """Git turns every file into exactly the new bytes, and back, whatever its lines and name are."""
    folder = tmp_path_factory.mktemp("patch")
    patch = b""
    pairs = [pair for pair in pairs if pair[0] and pair[1]]
    named = dict(zip(NAMES, pairs, strict=False))
    for name, (before, after) in named.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(before)
        patch += diff.unified(name, before, after, context)
    if not patch:
        return
    apply(folder, patch, "--check")
    apply(folder, patch)
    for name, (_, after) in named.items():
        assert (folder / name).read_bytes() == after
    apply(folder, patch, "-R")
    for name, (before, _) in named.items():
        assert (folder / name).read_bytes() == before


def test_utf16_survives_git(tmp_path: Path) -> None:
    """A patch of a file in UTF-16, whose newlines are two bytes, applies too."""
    before, after = ("\ufeff" + text for text in ("eins\nzwei\ndrei\n", "eins\nZWEI\ndrei\n"))
    (tmp_path / "file.txt").write_bytes(before.encode("utf-16-le"))
    patch = diff.unified("file.txt", before.encode("utf-16-le"), after.encode("utf-16-le"))
    apply(tmp_path, patch)
    assert (tmp_path / "file.txt").read_bytes() == after.encode("utf-16-le")


def test_same_as_git(tmp_path: Path) -> None:
    """Headers, quoting and hunks are the ones that git itself writes."""
    before = b"".join(b"line %d\n" % number for number in range(40))
    after = (
        before.replace(b"line 5\n", b"LINE 5\n").replace(b"line 12\n", b"").replace(b"line 30\n", b"x\ny\n")
    )
    for name in ["plain.py", "with space.py", 'quo"te.py', "ümläut.py"]:
        subprocess.run(["git", "init", "-q", "."], cwd=tmp_path, check=True)
        (tmp_path / name).write_bytes(before)
        subprocess.run(["git", "add", "-A"], cwd=tmp_path, check=True)
        (tmp_path / name).write_bytes(after)
        git = [
            "git",
            "-c",
            "core.quotePath=true",
            "-c",
            "diff.noprefix=false",
            "diff",
            "--no-color",
            "--",
            name,
        ]
        theirs = subprocess.run(git, cwd=tmp_path, check=True, capture_output=True).stdout
        lines = [line for line in theirs.splitlines(keepends=True) if not line.startswith(b"index ")]
        theirs_lines = [re.sub(rb"^(@@ .* @@).*", rb"\1", line) for line in lines]
        ours = diff.unified(name, before, after)
        assert ours.splitlines() == [line.rstrip(b"\n") for line in theirs_lines]
        (tmp_path / name).unlink()


def test_nothing_changed() -> None:
    """The same bytes need no patch and show no rows."""
    assert diff.unified("a", b"x\n", b"x\n") == b""
    assert diff.hunks("a", b"x\n", b"x\n") == ()


def test_rows_are_numbered() -> None:
    """Rows carry the line numbers of both sides, and changes far apart are hunks of their own."""
    before = "".join(f"{number}\n" for number in range(1, 31)).encode()
    after = before.replace(b"\n5\n", b"\nfive\n").replace(b"\n25\n", b"\n25\nmore\n")
    first, second = diff.hunks("a", before, after)
    assert first.header == "@@ -2,7 +2,7 @@"
    assert [(row.mark, row.before, row.after, row.text) for row in first.rows if row.mark != " "] == [
        ("-", 5, None, "5"),
        ("+", None, 5, "five"),
    ]
    assert [(row.mark, row.after, row.text) for row in second.rows if row.mark != " "] == [("+", 26, "more")]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_rows_end_at_the_files_newlines(newline: str) -> None:
    """Rows are the file's own lines, also where they end in CR alone."""
    before, after = (newline.join(["eins", word, "drei", ""]).encode() for word in ("zwei", "ZWEI"))
    (hunk,) = diff.hunks("a", before, after)
    assert [row.text for row in hunk.rows] == ["eins", "zwei", "ZWEI", "drei"]


def test_many_equal_lines_are_quick() -> None:
    """A large file of nearly equal lines is compared without quadratic work on its equal ends."""
    before = b"},\n" * 60_000
    after = before[:90_000] + b"x\n" + before[90_000:]
    assert diff.unified("a", before, after).count(b"\n+x\n") == 1
