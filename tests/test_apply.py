"""Writing: each file is old or new, nothing else changes, and what is not safe is refused."""

import os
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrate import apply, patch, plan, sieve
from migrate.errors import UsageError, WriteRefusedError
from migrate.model import Action, Edit, FileResult, Outcome, Run, Use
from tests.need import need
from tests.repository import commit, git, write

OLD, NEW = b"old = 1\n", b"new = 1\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current directory."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def planned(files: dict[str, tuple[bytes, bytes]], *, together: bool = False) -> Run:
    """A run that turns the bytes of each file into others, through one use for each or one for all."""
    edits = {path: Edit(path, 0, len(old), old, new) for path, (old, new) in files.items()}
    results = []
    for path, (old, new) in sorted(files.items()):
        own = tuple(edits.values()) if together else (edits[path],)
        use = Use(path, 0, 3, 1, 1, 1, 4, "http-call", "", "python", Action.REWRITE, "", edits=own)
        results.append(FileResult(path, Outcome.WOULD_REWRITE, "", (use,), (), old, new))
    return Run("rewrite", tuple(results))


def outcomes(run: Run) -> dict[str, Outcome]:
    """Outcome of each file by path."""
    return {each.path: each.outcome for each in run.files}


def listing(folder: Path) -> set[str]:
    """All paths below a folder but git's."""
    return {str(each.relative_to(folder)) for each in folder.rglob("*") if ".git" not in each.parts}


# What must not be written


def test_not_in_git(here: Path) -> None:
    """Without git there is no way back: refused unless forced."""
    write(here, {"a.py": OLD})
    run = planned({"a.py": (OLD, NEW)})

    with pytest.raises(WriteRefusedError, match=r"a\.py is not in a git repository") as caught:
        apply.write(run)
    assert "--force" in caught.value.hint
    assert (here / "a.py").read_bytes() == OLD

    apply.write(run, force=True)
    assert (here / "a.py").read_bytes() == NEW


@pytest.mark.parametrize("state", ["modified", "staged", "deleted", "added"])
def test_dirty_tree(here: Path, state: str) -> None:
    """Uncommitted changes anywhere in the repository are named, and nothing is written unless forced."""
    commit(here, {"a.py": OLD, "other.py": "x\n"})
    if state == "deleted":
        (here / "other.py").unlink()
    else:
        write(here, {"added.py" if state == "added" else "other.py": "y\n"})
    if state in ("staged", "added"):
        git(here, "add", ".")
    run = planned({"a.py": (OLD, NEW)})

    with pytest.raises(WriteRefusedError, match=r"uncommitted changes: (other|added)"):
        apply.write(run)
    assert (here / "a.py").read_bytes() == OLD
    assert outcomes(apply.write(run, force=True)) == {"a.py": Outcome.REWRITTEN}


def test_untracked_target(here: Path) -> None:
    """A file that git does not track is not written; other untracked files are no obstacle."""
    commit(here, {"a.py": OLD})
    write(here, {"b.py": OLD})

    with pytest.raises(WriteRefusedError, match=r"does not track files that would change: b\.py"):
        apply.write(planned({"a.py": (OLD, NEW), "b.py": (OLD, NEW)}))
    assert (here / "a.py").read_bytes() == OLD

    apply.write(planned({"a.py": (OLD, NEW)}))
    assert (here / "a.py").read_bytes() == NEW


def test_a_target_that_git_does_not_watch(here: Path) -> None:
    """A file marked assume-unchanged may hold what git can't give back, so it is not written."""
    commit(here, {"a.py": "x\n"})
    git(here, "update-index", "--assume-unchanged", "a.py")
    write(here, {"a.py": OLD})

    with pytest.raises(WriteRefusedError, match="does not track"):
        apply.write(planned({"a.py": (OLD, NEW)}))


def test_a_repository_that_git_refuses(here: Path) -> None:
    """Where git can't tell the state, nothing is written."""
    commit(here, {"a.py": OLD})
    write(here, {".git/index": "damaged"})

    with pytest.raises(WriteRefusedError, match="Can't tell"):
        apply.write(planned({"a.py": (OLD, NEW)}))


@pytest.mark.parametrize("change", ["other bytes", "gone", "folder", "pipe", "link"])
def test_changed_since_it_was_read(here: Path, change: str) -> None:
    """A file that is not what was read is left as it is, and the others are written."""
    commit(here, {"a.py": OLD, "b.py": OLD, "c.py": NEW})
    target = here / "a.py"
    target.unlink()
    if change == "other bytes":
        target.write_bytes(OLD + b"# more\n")
    elif change == "folder":
        target.mkdir()
    elif change == "pipe":
        os.mkfifo(target)
    elif change == "link":
        target.symlink_to("c.py")
    before = listing(here)
    written = apply.write(planned({"a.py": (OLD, NEW), "b.py": (OLD, NEW)}), force=True)

    assert outcomes(written) == {"a.py": Outcome.FAILED, "b.py": Outcome.REWRITTEN}
    assert written.files[0].reason.startswith("not written: a.py: ")
    assert listing(here) == before
    assert (here / "c.py").read_bytes() == NEW


def test_changed_while_writing(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that changes while its new content is written beside it keeps the change."""
    write(here, {"a.py": OLD})
    real = os.fsync

    def change_then_sync(descriptor: int) -> None:
        write(here, {"a.py": b"somebody else's\n"})
        real(descriptor)

    monkeypatch.setattr(os, "fsync", change_then_sync)
    written = apply.write(planned({"a.py": (OLD, NEW)}), force=True)

    assert outcomes(written) == {"a.py": Outcome.FAILED}
    assert (here / "a.py").read_bytes() == b"somebody else's\n"
    assert listing(here) == {"a.py"}


def test_a_link_out_of_the_repository(here: Path, tmp_path: Path) -> None:
    """A file behind a link that leads out is not written, forced or not, nor through a linked folder."""
    write(tmp_path, {"outside/a.py": OLD})
    commit(here, {"b.py": "x\n"})
    (here / "a.py").symlink_to(tmp_path / "outside/a.py")
    (here / "folder").symlink_to(tmp_path / "outside")
    for path in ("a.py", "folder/a.py"):
        run = planned({path: (OLD, NEW)})
        run = Run("rewrite", tuple(_in_repository(each, ".") for each in run.files))

        assert outcomes(apply.write(run, force=True)) == {path: Outcome.FAILED}
    assert (tmp_path / "outside/a.py").read_bytes() == OLD


def _in_repository(result: FileResult, root: str) -> FileResult:
    return FileResult(
        result.path, result.outcome, "", result.uses, (), result.before, result.after, repository=root
    )


def test_files_that_belong_together(here: Path) -> None:
    """Where one of several files that change together can't be written, none is."""
    commit(here, {"a.py": OLD, "b.json": OLD, "c.py": OLD})
    run = planned({"a.py": (OLD, NEW), "b.json": (OLD, NEW)}, together=True)
    single = planned({"c.py": (OLD, NEW)})
    run = Run("rewrite", run.files + single.files)
    (here / "b.json").write_bytes(b"changed\n")
    written = apply.write(run, force=True)

    assert plan.make(run.uses).components
    assert outcomes(written) == {"a.py": Outcome.FAILED, "b.json": Outcome.FAILED, "c.py": Outcome.REWRITTEN}
    assert (here / "a.py").read_bytes() == OLD
    assert "b.json: it changed" in written.files[0].reason


def test_taking_back(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a later file of several can't be renamed, those already written get their old bytes back."""
    write(here, {"a.py": OLD, "b.json": OLD})
    real = os.replace

    def refuse(source: str, target: str) -> None:
        if target.endswith("b.json"):
            raise OSError(28, "No space left on device")
        real(source, target)

    monkeypatch.setattr(os, "replace", refuse)
    written = apply.write(planned({"a.py": (OLD, NEW), "b.json": (OLD, NEW)}, together=True), force=True)

    assert set(outcomes(written).values()) == {Outcome.FAILED}
    assert (here / "a.py").read_bytes() == OLD
    assert listing(here) == {"a.py", "b.json"}
    assert "No space left" in written.files[0].reason


def test_an_interrupt(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An interrupt between files that belong together takes back what was written."""
    write(here, {"a.py": OLD, "b.json": OLD})
    real = os.replace

    def interrupt(source: str, target: str) -> None:
        if target.endswith("b.json"):
            raise KeyboardInterrupt
        real(source, target)

    monkeypatch.setattr(os, "replace", interrupt)
    with pytest.raises(KeyboardInterrupt):
        apply.write(planned({"a.py": (OLD, NEW), "b.json": (OLD, NEW)}, together=True), force=True)
    assert (here / "a.py").read_bytes() == OLD
    assert listing(here) == {"a.py", "b.json"}


KILLED = """
import os, signal, sys
sys.path.insert(0, os.environ["PACKAGE"])
from migrate import apply
calls = 0
def count(name):
    real = getattr(os, name)
    def counted(*arguments, **options):
        global calls
        calls += 1
        if calls == int(sys.argv[1]):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    setattr(os, name, counted)
for name in ("open", "write", "fsync", "replace", "fchmod", "close", "unlink", "listdir"):
    count(name)
for name in ("a.py", "b.py"):
    apply.replace_content(os.path.abspath(name), b"old = 1\\n" * 9999, b"new = 1\\n" * 9999)
"""


def test_killed_at_any_moment(here: Path) -> None:
    """A process killed at any of its system calls leaves each file old or new, never in between."""
    seen = set()
    for moment in range(1, 60):
        write(here, {"a.py": OLD * 9999, "b.py": OLD * 9999})
        command = [sys.executable, "-c", KILLED, str(moment)]
        environment = {**os.environ, "PACKAGE": str(Path(apply.__file__).parent.parent)}
        status = subprocess.run(command, env=environment, check=False).returncode
        state = tuple((here / name).read_bytes() for name in ("a.py", "b.py"))
        assert set(state) <= {OLD * 9999, NEW * 9999}
        seen.add((status, state))
        if status == 0:
            break
        assert status == -signal.SIGKILL

    assert len(seen) == 4, "killed before, between and after the files, and once not at all"
    assert listing(here) == {"a.py", "b.py"}, "the next run removes what a killed one left"


def test_sweeping_takes_only_what_is_ours_and_dead(here: Path) -> None:
    """Files of other names, and those that a living process holds, are not swept."""
    name = f"{sieve.TEMPORARY_PREFIX}{'0' * 16}"
    write(here, {"a.py": OLD, name: "left", f"{sieve.TEMPORARY_PREFIX}notes": "x", f"{name}.py": "x"})
    with apply._temporary(str(here)) as (living, _):
        apply.replace_content(str(here / "a.py"), OLD, NEW)

        assert listing(here) == {
            "a.py",
            Path(living).name,
            f"{sieve.TEMPORARY_PREFIX}notes",
            f"{name}.py",
        }


# What must stay as it was


@pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o444, 0o4755, 0o664])
def test_mode(here: Path, mode: int) -> None:
    """The mode bits stay, whatever the umask."""
    write(here, {"a.py": OLD})
    (here / "a.py").chmod(mode)
    apply.write(planned({"a.py": (OLD, NEW)}), force=True)

    assert stat.S_IMODE((here / "a.py").stat().st_mode) == mode


def test_owner(here: Path) -> None:
    """The owner stays where the process may set it."""
    write(here, {"a.py": OLD})
    if os.geteuid() == 0:
        os.chown(here / "a.py", 12345, 23456)
    before = (here / "a.py").stat()
    apply.write(planned({"a.py": (OLD, NEW)}), force=True)
    after = (here / "a.py").stat()

    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)


def test_extended_attributes(here: Path) -> None:
    """Extended attributes stay where the file system has them."""
    write(here, {"a.py": OLD})
    try:
        os.setxattr(here / "a.py", "user.note", b"kept")
    except OSError:
        assert os.listxattr(here / "a.py") == []
        return
    apply.write(planned({"a.py": (OLD, NEW)}), force=True)

    assert os.getxattr(here / "a.py", "user.note") == b"kept"


def test_a_link_inside(here: Path) -> None:
    """A link stays a link, and its target inside the repository is written."""
    commit(here, {"real.py": OLD})
    (here / "link.py").symlink_to("real.py")
    commit(here)
    apply.write(planned({"link.py": (OLD, NEW)}))

    assert (here / "link.py").readlink() == Path("real.py")
    assert (here / "real.py").read_bytes() == NEW


def test_hard_links(here: Path) -> None:
    """Another name of the same file keeps the old content, as with git checkout."""
    write(here, {"a.py": OLD})
    (here / "b.py").hardlink_to(here / "a.py")
    apply.write(planned({"a.py": (OLD, NEW)}), force=True)

    assert (here / "a.py").read_bytes() == NEW
    assert (here / "b.py").read_bytes() == OLD


def test_only_planned_files_are_written(here: Path) -> None:
    """Reviews, clean files and failures are not touched and keep their outcome."""
    write(here, {"a.py": OLD})
    files = tuple(
        FileResult("a.py", outcome, "", (), (), OLD, NEW)
        for outcome in (Outcome.REVIEW, Outcome.FAILED, Outcome.CLEAN)
    )
    written = apply.write(Run("rewrite", files), force=False)

    assert written.files == files
    assert written.written
    assert (here / "a.py").read_bytes() == OLD


# Patches

CONTENTS = [
    (b"a\nold\nb\n", b"a\nnew\nb\n"),
    (b"a\r\nold\r\nb\r\n", b"a\r\nnew\r\nb\r\n"),
    (b"a\rold\rb\r", b"a\rnew\rb\r"),
    (b"no newline at end: old", b"no newline at end: new"),
    (b"newline comes", b"newline comes\n"),
    (b"newline goes\n", b"newline goes"),
    (b"\xef\xbb\xbfold\n", b"\xef\xbb\xbfnew\n"),
    (b"\xff\xfeo\0l\0d\0\n\0", b"\xff\xfen\0e\0w\0\n\0"),
    (b"form\x0cfeed\nold\x0c\x1c\x85\n", b"form\x0cfeed\nnew\x0c\x1c\x85\n"),
    ("line\u2028separator\nold\n".encode(), "line\u2028separator\nnew\n".encode()),
    (b"latin \xe9 old\n", b"latin \xe9 new\n"),
    (b"--- a/x\n+++ b/x\nold\n", b"--- a/x\n+++ b/x\nnew\n"),
    (b"old\n" + b"x\n" * 50 + b"old\n", b"new\n" + b"x\n" * 50 + b"new\nmore\n"),
]
NAMES = [
    "plain.py",
    "with space.py",
    " leading and trailing ",
    'quo"te.py',
    "back\\slash.py",
    "tab\there.py",
    "new\nline.py",
    "größe/日本.py",
    os.fsdecode(b"latin-\xe9.py"),
    "-dash.py",
    "b/a.py",
]


def check_patch(folder: Path, files: dict[str, tuple[bytes, bytes]]) -> None:
    """The patch is taken by git, gives the bytes that writing gives, and is undone by git."""
    commit(folder, {name: old for name, (old, _) in files.items()})
    made = patch.of_run(planned(files))
    git(folder, "-c", "core.autocrlf=false", "apply", "--check", "-", data=made)
    git(folder, "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-", data=made)
    assert {name: (folder / name).read_bytes() for name in files} == {
        name: new for name, (_, new) in files.items()
    }
    git(folder, "-c", "core.autocrlf=false", "apply", "-R", "--whitespace=nowarn", "-", data=made)
    assert {name: (folder / name).read_bytes() for name in files} == {
        name: old for name, (old, _) in files.items()
    }


@pytest.mark.parametrize(("old", "new"), CONTENTS)
def test_patch_of_any_content(here: Path, old: bytes, new: bytes) -> None:
    """Whatever the newlines, the encoding and the end of the file: git takes the patch."""
    check_patch(here, {"a.py": (old, new)})


def test_patch_of_any_name(here: Path) -> None:
    """Whatever the names: git takes the patch."""
    check_patch(here, dict.fromkeys(NAMES, (OLD, NEW)))


@settings(deadline=None)
@given(
    lines=st.lists(
        st.sampled_from([b"a\n", b"b\r\n", b"c\r", b"\x0c\n", b"\n", b"d", b"- e\n"]), max_size=12
    ),
    changes=st.lists(
        st.tuples(st.integers(0, 11), st.sampled_from([b"", b"x\n", b"y\r\n", b"z"])), max_size=4
    ),
)
def test_patch_of_generated_content(
    tmp_path_factory: pytest.TempPathFactory, lines: list[bytes], changes: list[tuple[int, bytes]]
) -> None:
    """For any lines and any changes of them, git takes the patch and undoes it."""
    changed = list(lines)
    for index, replacement in changes:
        if index < len(changed):
            changed[index] = replacement
    old, new = b"".join(lines), b"".join(changed)
    if old == new or not old or not new:
        return
    place = tmp_path_factory.mktemp("generated")
    (place / "a").write_bytes(old)
    with pytest.MonkeyPatch.context() as patcher:
        patcher.chdir(place)
        made = patch.of_run(planned({"a": (old, new)}))
        git(place, "apply", "--whitespace=nowarn", "-", data=made)
        assert (place / "a").read_bytes() == new
        git(place, "apply", "-R", "--whitespace=nowarn", "-", data=made)
        assert (place / "a").read_bytes() == old
    shutil.rmtree(place)


def test_patch_from_a_subfolder(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths in a patch are relative to the top of the repository, wherever it was made."""
    commit(here, {"sub/a.py": OLD})
    monkeypatch.chdir(here / "sub")
    made = patch.of_run(planned({"a.py": (OLD, NEW)}))
    git(here, "apply", "-", data=made)

    assert (here / "sub/a.py").read_bytes() == NEW


def test_patch_over_several_repositories(here: Path) -> None:
    """One patch can't hold the changes of two repositories, and says so."""
    commit(here / "one", {"a.py": OLD})
    commit(here / "two", {"a.py": OLD})

    with pytest.raises(UsageError, match="2 repositories"):
        patch.of_run(planned({"one/a.py": (OLD, NEW), "two/a.py": (OLD, NEW)}))


def test_a_folder_that_is_read_only(here: Path) -> None:
    """A file in a folder that can't be written is told as failed, with the system's reason."""
    need("setpriv")
    place = Path("/tmp") / f"nf-migrate-apply-{os.getpid()}"
    try:
        write(place, {"a.py": OLD})
        place.chmod(0o555)
        program = (
            "import os, sys; sys.path.insert(0, os.environ['PACKAGE'])\n"
            "from migrate import apply\nfrom migrate.model import *\n"
            "one = FileResult('a.py', Outcome.WOULD_REWRITE, '', (), (), b'old = 1\\n', b'x')\n"
            "run = Run('rewrite', (one,))\n"
            "print(apply.write(run, force=True).files[0].reason)"
        )
        command = [sys.executable, "-c", program]
        if os.geteuid() == 0:
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *command]
        environment = {**os.environ, "PACKAGE": str(Path(apply.__file__).parent.parent)}
        done = subprocess.run(
            command, cwd=place, env=environment, capture_output=True, text=True, check=False
        )
        left = listing(place)
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)

    assert done.stdout == "not written: a.py: Permission denied\n"
    assert left == {"a.py"}
