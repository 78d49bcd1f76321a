"""Discovery finds what can hold a use, runs nothing of the repository's and hides nothing."""

import codecs
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from migrate import contract, sieve
from migrate import git as safe_git
from migrate.discover import Discovery, discover
from migrate.errors import UsageError
from tests.need import need
from tests.repository import commit, git, write

USE = f'client.{contract.PUT_MANUAL.name}(data=body)\nurl = "{contract.PUT_MANUAL.old_path}"\n'
NO_USE = "manually, annually, synchronously, a cronut\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current directory."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def paths(found: Discovery) -> list[str]:
    """Paths of all candidates."""
    return [each.path for each in found.candidates]


def looked_at(found: Discovery) -> list[str]:
    """Paths of the candidates that are not skipped."""
    return [each.path for each in found.candidates if not each.skip]


def skips(found: Discovery) -> dict[str, str]:
    """Reasons of the skipped candidates by path."""
    return {each.path: each.skip for each in found.candidates if each.skip}


# What must not be found, must not be run, must not be followed


def test_nothing_without_a_needle(here: Path) -> None:
    """Words that only hold a stem of a needle make no candidate, in git or not."""
    write(here, {"a.py": NO_USE, "b/c.txt": "jobs/manua", "empty": ""})
    plain = discover(["."])
    commit(here)

    assert plain == Discovery((), 3, ())
    assert discover(["."]) == Discovery((), 3, ())


def test_ignored_files_are_left_alone(here: Path) -> None:
    """What .gitignore excludes is not searched, in git or not."""
    write(here, {".gitignore": "out/\n*.log\n!kept.log\n", "out/a.py": USE, "a.log": USE, "kept.log": USE})
    plain = discover(["."])
    git(here, "init", "--quiet")

    assert looked_at(plain) == ["kept.log"]
    assert looked_at(discover(["."])) == ["kept.log"]


def test_inside_of_git_data_is_not_searched(here: Path) -> None:
    """Files below .git are no candidates, in git or not."""
    commit(here, {"a.py": "x = 1\n"})
    write(here, {".git/notes.py": USE, "sub/.git/notes.py": USE})

    assert paths(discover(["."])) == []


def test_links_are_not_followed_into_a_loop(here: Path) -> None:
    """Links to folders, to themselves and in circles end the search nowhere."""
    write(here, {"sub/a.py": USE})
    (here / "sub/up").symlink_to("..")
    (here / "self").symlink_to("self")
    (here / "one").symlink_to("other")
    (here / "other").symlink_to("one")
    plain = discover(["."])
    commit(here)

    assert paths(plain) == ["sub/a.py"]
    assert paths(discover(["."])) == ["sub/a.py"]


def test_pipes_and_folders_named_like_files(here: Path) -> None:
    """A named pipe does not hang the search, and a folder may be called like a file."""
    os.mkfifo(here / "pipe.py")
    write(here, {"folder.py/a.py": USE})
    plain = discover(["."])
    commit(here)
    (here / "folder.py/a.py").unlink()
    os.mkfifo(here / "folder.py/a.py")

    assert paths(plain) == ["folder.py/a.py"]
    assert paths(discover(["."])) == []


EVIL = """
[core]
    fsmonitor = {program}
    hooksPath = {folder}/hooks
    pager = {program}
    sshCommand = {program}
    editor = {program}
    askPass = {program}
[diff]
    external = {program}
[diff "evil"]
    textconv = {program}
    command = {program}
[filter "evil.one"]
    clean = {program}
    smudge = {program}
    process = {program}
    required = true
[pager]
    grep = {program}
    status = {program}
[alias]
    grep = !{program}
[grep]
    patternType = perl
    fallbackToNoIndex = true
[color]
    grep = always
    ui = always
[submodule]
    recurse = true
[remote "origin"]
    url = "ext::{program}"
    promisor = true
    partialclonefilter = blob:none
[protocol "ext"]
    allow = always
[extensions]
    partialClone = origin
[include]
    path = {folder}/more
"""


def plant(folder: Path, into: Path) -> Path:
    """Let a repository's configuration name a program wherever it can; returns the trace it leaves."""
    trace = folder / "ran"
    program = folder / "program"
    program.write_text(f'#!/bin/sh\necho "$0 $*" >> {trace}\ncat\n')
    program.chmod(0o755)
    (folder / "hooks").mkdir()
    for hook in ("post-index-change", "fsmonitor-watchman", "pre-commit", "post-checkout"):
        shutil.copy(program, folder / "hooks" / hook)
    (folder / "more").write_text(f"[core]\n    fsmonitor = {program}\n")
    with (into / ".git/config").open("a") as file:
        file.write(EVIL.format(program=program, folder=folder))
    return trace


def test_a_repository_can_not_run_anything(here: Path, tmp_path: Path) -> None:
    """Searching and asking for changes run no program that the repository's configuration names."""
    commit(
        here,
        {"a.py": USE, ".gitattributes": "*.py diff=evil filter=evil.one\n", "b.py": "x = 1\n", "c.py": "x\n"},
    )
    write(here, {"b.py": "x = 2\n", "untracked.py": USE, "c.py": "y\n"})
    git(here, "update-index", "--assume-unchanged", "b.py")
    trace = plant(tmp_path, here)
    os.utime(here / "a.py")

    assert looked_at(discover(["."])) == ["a.py", "untracked.py"]
    assert safe_git.Repository(str(here)).changed() == ["c.py"]
    assert not trace.exists()

    subprocess.run(["git", "status"], cwd=here, capture_output=True, check=False)
    assert trace.exists(), "the trap does not work"


def test_a_submodule_can_not_run_anything(here: Path, tmp_path: Path) -> None:
    """The configuration of a submodule runs nothing either."""
    commit(tmp_path / "other", {"a.py": USE})
    commit(here, {"b.py": USE})
    git(
        here,
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        str(tmp_path / "other"),
        "sub",
    )
    git(here, "commit", "--quiet", "--message=Submodule")
    config = here / ".git/modules/sub"
    (config / ".git").symlink_to(config)
    trace = plant(tmp_path, config)
    (config / ".git").unlink()

    assert "submodule `sub`" in skips(discover(["."]))["sub/a.py"]
    safe_git.Repository(str(here)).changed()
    assert not trace.exists()


def test_a_worktree_setting_can_not_lead_elsewhere(here: Path, tmp_path: Path) -> None:
    """A repository whose configuration claims another folder is searched where it stands."""
    write(tmp_path, {"elsewhere/a.py": USE})
    commit(here, {"b.py": USE})
    git(here, "config", "core.worktree", str(tmp_path / "elsewhere"))

    assert paths(discover(["."])) == ["b.py"]


def test_git_variables_of_a_hook_do_not_lead_elsewhere(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIT_DIR and its like, as a hook of another repository sets them, have no influence."""
    commit(tmp_path / "other", {"a.py": USE})
    commit(here, {"b.py": USE})
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "other/.git/index"))

    assert paths(discover(["."])) == ["b.py"]


# What must be found


NAMES = [
    "plain.py",
    "with space.py",
    "quo\"te's.py",
    "new\nline.py",
    "tab\t.py",
    "-dash.py",
    ":(glob)x.py",
    "[a]*?.py",
    "größe.py",
    "日本語/ファイル.py",
    os.fsdecode(b"latin-\xe9.py"),
    "back\\slash.py",
]


@pytest.mark.parametrize("tracked", [True, False])
@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_any_name(here: Path, name: str, *, tracked: bool) -> None:
    """A file is found under its exact name, whatever characters or bytes the name holds."""
    write(here, {name: USE})
    plain = discover(["."])
    git(here, "init", "--quiet")
    if tracked:
        commit(here)

    assert paths(plain) == [name]
    assert paths(discover(["."])) == [name]
    assert paths(discover([f"./{name}"])) == [name]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32", "utf-32-be"])
def test_wide_encodings(here: Path, encoding: str) -> None:
    """A file in UTF-16 or UTF-32 with a byte order mark is found, though no needle's bytes are in it."""
    mark = {"utf-16-be": codecs.BOM_UTF16_BE, "utf-32-be": codecs.BOM_UTF32_BE}.get(encoding, b"")
    write(here, {"a.ps1": mark + USE.encode(encoding), "b.ps1": mark + NO_USE.encode(encoding)})
    plain = discover(["."])
    commit(here)

    assert paths(plain) == ["a.ps1"]
    assert paths(discover(["."])) == ["a.ps1"]


@pytest.mark.parametrize("needle", contract.NEEDLES)
def test_every_needle(here: Path, needle: str) -> None:
    """Each needle alone makes a candidate: with Perl's expressions, with literals, without git."""
    write(here, {"a": needle, "b": f"\0\xff{needle}\0"})
    patterns = [each.decode("latin-1") for each in sieve.LITERALS]

    assert paths(discover(["."])) == ["a", "b"]
    assert any(each in needle for each in patterns)
    assert sieve.holds_needle(needle.encode())


def test_the_index_can_not_hide_a_file(here: Path) -> None:
    """A file marked assume-unchanged or skip-worktree is searched as it is on the disk."""
    commit(here, {"a.py": "x\n", "b.py": "x\n", "c.py": "x\n"})
    write(here, {"a.py": USE, "b.py": USE})
    git(here, "update-index", "--assume-unchanged", "a.py")
    git(here, "update-index", "--skip-worktree", "b.py", "c.py")

    assert paths(discover(["."])) == ["a.py", "b.py"]


def test_attributes_can_not_hide_a_file(here: Path) -> None:
    """A file that .gitattributes calls binary is searched."""
    commit(here, {".gitattributes": "*.py binary\n*.js -diff -text\n", "a.py": USE, "b.js": USE})

    assert paths(discover(["."])) == ["a.py", "b.js"]


def test_tracked_though_ignored(here: Path) -> None:
    """A file that is tracked is searched though .gitignore names it."""
    commit(here, {".gitignore": "out\n", "out/a.py": USE})

    assert paths(discover(["."])) == ["out/a.py"]


def test_an_ignored_folder_that_is_named(here: Path) -> None:
    """A folder that git ignores is searched when the user names it, and a note says how."""
    commit(here, {".gitignore": "out\n"})
    write(here, {"out/a.py": USE})
    found = discover(["out"])

    assert paths(found) == ["out/a.py"]
    assert "git ignores out" in found.notes[0]


def test_conflicted_files(here: Path) -> None:
    """A file in a merge conflict is searched once, as it is on the disk."""
    commit(here, {"a.py": "x\n"})
    git(here, "checkout", "--quiet", "-b", "side")
    commit(here, {"a.py": USE})
    git(here, "checkout", "--quiet", "main")
    commit(here, {"a.py": "y\n"})
    subprocess.run(["git", "merge", "side"], cwd=here, capture_output=True, check=False)

    assert paths(discover(["."])) == ["a.py"]


def test_many_untracked_files(here: Path) -> None:
    """Many untracked files are searched as well as few, and the tracked ones with them."""
    commit(here, {"tracked.py": USE})
    write(here, {f"many/{number}.py": "x\n" for number in range(600)} | {"many/use.py": USE})
    found = discover(["."])

    assert paths(found) == ["many/use.py", "tracked.py"]
    assert found.searched == 602


def test_many_names_in_a_plain_folder(here: Path) -> None:
    """Folders with very many entries, and names that git would not index, are searched, too."""
    write(here, {f"{number}.py": "x\n" for number in range(1100)} | {"use.py": USE, "sub/.GIT/odd.py": USE})
    (here / "link.py").symlink_to("use.py")
    found = discover(["."])

    assert paths(found) == ["sub/.GIT/odd.py", "use.py"]
    assert found.searched == 1102


@pytest.mark.parametrize("way", ["git", "plain", "walk"])
def test_wanted_files(here: Path, monkeypatch: pytest.MonkeyPatch, way: str) -> None:
    """A file that is wanted by its path is a candidate whatever it holds, unless it is excluded."""
    write(here, {"a/b.json": "{}", "c.json": "{}", "a/d.txt": USE, "a/e.json": "{}"})
    if way == "git":
        commit(here)
    elif way == "walk":
        monkeypatch.setenv("PATH", "")
    found = discover(
        ["."], ["/a/e.json"], wanted=lambda path: path.startswith("a/") and path.endswith("json")
    )

    assert looked_at(found) == ["a/b.json", "a/d.txt"]


@pytest.mark.parametrize("jobs", [1, 2, 9])
def test_the_same_for_any_number_of_jobs(here: Path, jobs: int) -> None:
    """The number of threads and parts has no influence on what is found, or in which order."""
    write(here, {f"{number}/a.py": (USE, "x\n")[number % 2] for number in range(40)})

    assert paths(discover(["."], jobs=jobs)) == sorted(f"{number}/a.py" for number in range(0, 40, 2))


def test_a_git_without_perl_expressions(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where git does not take Perl's expressions, literals find the same."""
    write(here, {"a.py": USE, "b.py": NO_USE, "c.py": "x\n"})
    monkeypatch.setattr(sieve, "PERL_PATTERNS", (b"(",))
    plain = discover(["."])
    commit(here)

    assert paths(plain) == ["a.py"]
    assert paths(discover(["."])) == ["a.py"]


@pytest.mark.parametrize("kind", ["repository", "worktree"])
def test_nested_repositories(here: Path, tmp_path: Path, kind: str) -> None:
    """A repository inside a folder or another repository is searched by its own rules, as its own root."""
    if kind == "repository":
        commit(here / "inner", {"a.py": USE, ".gitignore": "b.py\n"})
    else:
        git(
            commit(tmp_path / "main", {"a.py": USE, ".gitignore": "b.py\n"}),
            "worktree",
            "add",
            "-q",
            str(here / "inner"),
        )
    write(here, {"inner/b.py": USE, "c.py": USE})
    plain = discover(["."])
    git(here, "init", "--quiet")
    expected = [("c.py", "."), ("inner/a.py", "inner")]

    assert [(each.path, each.root) for each in plain.candidates] == expected
    assert [(each.path, each.root) for each in discover(["."]).candidates] == expected


def test_below_the_top(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From a subfolder, paths are relative to it, and the root and files above it are absolute."""
    commit(here, {"sub/deep/a.py": USE, "other/b.py": USE})
    monkeypatch.chdir(here / "sub")

    assert [(each.path, each.root) for each in discover(["."]).candidates] == [("deep/a.py", str(here))]
    assert paths(discover(["../other"])) == [str(here / "other/b.py")]
    assert paths(discover(["deep", "deep/a.py", "../sub", "."])) == ["deep/a.py"]


def test_a_broken_repository_is_searched_as_a_folder(here: Path) -> None:
    """A repository that git refuses is searched as a plain folder, and a note says why."""
    commit(here, {"a.py": USE, ".gitignore": "b.py\n"})
    write(here, {"b.py": USE, ".git/index": "damaged"})
    found = discover(["."])

    assert paths(found) == ["a.py"]
    assert "git" in found.notes[0]


def test_a_repository_of_somebody_else(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository whose owner git does not trust is searched as a plain folder, and a note says why."""
    commit(here, {"a.py": USE, ".gitignore": "b.py\n"})
    write(here, {"b.py": USE})
    real = safe_git.environment
    monkeypatch.setattr(
        safe_git, "environment", lambda *given: real(*given) | {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"}
    )
    found = discover(["."])

    assert paths(found) == ["a.py"]
    assert "dubious ownership" in found.notes[0]


def test_an_empty_git_folder_is_no_repository(here: Path) -> None:
    """A folder called .git without anything in it changes nothing."""
    write(here, {"a.py": USE})
    (here / ".git").mkdir()

    assert paths(discover(["."])) == ["a.py"]


def test_without_git(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no git, the same is found with the same reasons and roots."""
    commit(here / "inner", {"a.py": USE, ".gitignore": "b.py\n", "b.txt": NO_USE})
    write(here, {"inner/b.py": USE, "c.py": USE, ".gitignore": "inner/*.py\nd\n!e.py\n", "d/e.py": USE})
    write(
        here,
        {
            "node_modules/x/y.js": USE,
            "sub/.gitignore": "*\n!.gitignore\n!f.py\n",
            "sub/f.py": USE,
            "sub/g.py": USE,
        },
    )
    (here / "out.py").symlink_to(__file__)
    (here / "loop").symlink_to(".")
    with_git = discover(["."])
    monkeypatch.setenv("PATH", "")

    assert discover(["."]) == with_git


# What is listed and not looked at


def test_reasons(here: Path) -> None:
    """Copies, build results, generated, minified and large files are listed with the reason."""
    large = b"#" * sieve.MAX_SIZE + b"\n" + USE.encode()
    files: dict[str, bytes | str] = {
        "node_modules/a/b.js": USE,
        "packages/x/dist/y.js": USE,
        "vendor/z.go": USE,
        "app.min.js": USE,
        "gen.go": f"// Code generated by x. DO NOT EDIT.\n{USE}",
        "gen.py": f"# @generated\n{USE}",
        "large.txt": large,
        "distant/ok.py": USE,
        "do_not_edit.py": f"# Do not edit below this line\n{USE}",
        "node_modules/c/words.js": '"manual"',
        "large2.txt": b"#" * sieve.MAX_SIZE + b"\nmanually",
    }
    commit(here, files)
    found = skips(discover(["."]))

    assert looked_at(discover(["."])) == ["distant/ok.py", "do_not_edit.py"]
    assert sorted(found) == [
        "app.min.js",
        "gen.go",
        "gen.py",
        "large.txt",
        "node_modules/a/b.js",
        "packages/x/dist/y.js",
        "vendor/z.go",
    ]
    assert "4.0 MiB" in found["large.txt"]


def test_a_named_file_is_looked_at(here: Path) -> None:
    """A file that the user names is a candidate even without a needle, in a vendored folder, ignored."""
    commit(here, {".gitignore": "a.py\n", "node_modules/b.js": USE})
    write(here, {"a.py": NO_USE})
    found = discover(["node_modules/b.js", "a.py"])

    assert looked_at(found) == ["a.py", "node_modules/b.js"]
    assert all(each.explicit for each in found.candidates)


def test_a_named_folder_below_a_vendored_one_is_looked_at(here: Path) -> None:
    """Only folders below the one that the user names count as vendored."""
    commit(here, {"vendor/ours/a.py": USE, "vendor/ours/dist/b.py": USE})

    assert looked_at(discover(["vendor/ours"])) == ["vendor/ours/a.py"]


@pytest.mark.parametrize("in_git", [True, False])
def test_links(here: Path, tmp_path: Path, *, in_git: bool) -> None:
    """A link out is listed and not looked at; one inside stands for its target, which comes once."""
    write(tmp_path, {"outside.py": USE, "boring.py": "x\n"})
    write(here, {"real.py": USE})
    (here / "out.py").symlink_to("../outside.py")
    (here / "boring.py").symlink_to("../boring.py")
    (here / "in.py").symlink_to("real.py")
    if in_git:
        commit(here)
    found = discover([".", "in.py", "out.py"])

    assert looked_at(found) == ["real.py"]
    assert list(skips(found)) == ["out.py"]
    assert list(skips(discover(["."]))) == ["out.py"]


def test_exclude(here: Path) -> None:
    """--exclude leaves found files out and lists named ones with the reason."""
    commit(here, {"a/b.py": USE, "c.py": USE, "d/e.py": USE})

    assert paths(discover(["."], ["a/", "/c.py"])) == ["d/e.py"]
    assert skips(discover(["c.py"], ["*.py"])) == {"c.py": "excluded by a pattern"}


@pytest.mark.parametrize("in_git", [True, False])
def test_unreadable(here: Path, *, in_git: bool) -> None:
    """Files and folders that can't be read are listed, tracked or not."""
    need("setpriv")
    place = (
        Path("/tmp") / f"nf-migrate-test-{os.getpid()}"
    )  # below pytest's own folder only its owner may look
    try:
        write(place, {"locked.py": USE, "open.py": USE, "shut/a.py": USE})
        if in_git:
            commit(place)
        write(place, {"untracked.py": USE})
        (place / "locked.py").chmod(0)
        (place / "untracked.py").chmod(0)
        (place / "shut").chmod(0)
        program = (
            "import os, sys; sys.path.insert(0, os.environ['PACKAGE'])\n"
            "from migrate.discover import discover\n"
            "for each in discover(['.']).candidates: print(each.path, '|', each.skip)"
        )
        command = [sys.executable, "-c", program]
        environment = {**os.environ, "PACKAGE": str(Path(safe_git.__file__).parent.parent)}
        environment |= {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "safe.directory",
            "GIT_CONFIG_VALUE_0": "*",
        }
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
        done = subprocess.run(
            command, cwd=place, env=environment, capture_output=True, text=True, check=False
        )
    finally:
        (place / "shut").chmod(0o755)
        shutil.rmtree(place)
    lines = dict(
        line.split(" | ") if " | " in line else (line.removesuffix(" |"), "")
        for line in done.stdout.splitlines()
    )

    assert done.stderr == ""
    assert {"locked.py", "open.py", "untracked.py", "shut/"} <= lines.keys()
    assert "can't be read" in lines["shut/"]


@pytest.mark.parametrize("path", ["missing", "pipe", "a.py/below", "nul\0byte"])
def test_what_is_not_there(here: Path, path: str) -> None:
    """A path that is no file or folder is an error with a word on it."""
    os.mkfifo(here / "pipe")
    write(here, {"a.py": USE})

    with pytest.raises(UsageError):
        discover([path])
