"""What a finder may read beyond its file."""

from migrate import contract
from migrate.model import Options
from migrate.project import Project

OPTIONS = Options(contract.DEFAULT_TARGET_PATH)


def test_nothing_outside_of_the_root_is_read(tmp_path):
    """Neither dots nor links lead out of the project."""
    root = tmp_path / "repo"
    root.mkdir()
    (tmp_path / "secret.json").write_text("{}")
    (root / "link.json").symlink_to(tmp_path / "secret.json")
    project = Project(str(root), OPTIONS)

    assert project.read(f"{root}/../secret.json") is None
    assert project.read(f"{root}/link.json") is None


def test_overlay_takes_precedence(tmp_path):
    """A planned content is seen instead of the disk's, and only through the overlay."""
    path = tmp_path / "a.json"
    path.write_text("old")
    project = Project(str(tmp_path), OPTIONS)
    planned = project.with_overlay({str(path): b"new"})

    assert project.read(str(path)).text == "old"
    assert planned.read(str(path)).text == "new"


def test_paths_are_resolved_beside_a_file_and_from_the_root():
    """Relative paths are normalised without touching the disk."""
    project = Project("repo", OPTIONS)

    assert project.beside("repo/a/b.py", "../c.json") == "repo/c.json"
    assert project.from_root("jobs", "x.yaml") == "repo/jobs/x.yaml"


def test_what_is_not_text_reads_as_nothing(tmp_path):
    """A binary or missing file or a folder is None, not an error."""
    (tmp_path / "a.bin").write_bytes(b"\xff\xfe\x00")
    project = Project(str(tmp_path), OPTIONS)

    assert project.read(str(tmp_path / "a.bin")) is None
    assert project.read(str(tmp_path / "none")) is None
    assert project.read(str(tmp_path)) is None


def test_a_file_has_one_path_wherever_the_root_is(tmp_path, monkeypatch):
    """From a subfolder, a path made from the repository's absolute root is the one that is shown."""
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.json").write_text("old")
    monkeypatch.chdir(tmp_path / "sub")
    project = Project(str(tmp_path), OPTIONS, {str(tmp_path / "sub/a.json"): b"new"})

    assert project.from_root("sub", "a.json") == "a.json"
    assert project.read("a.json").text == "new"
    assert project.from_root("b.json") == str(tmp_path / "b.json")
    assert project.from_root("sub") == "."
