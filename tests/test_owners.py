"""CODEOWNERS: as GitHub and GitLab document it."""

import pytest

from migrate import owners
from migrate.model import FileResult, Outcome, Run

GITHUB = """\
# from the documentation of GitHub
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
/build/logs/ @doctocat
docs/*  docs@example.com
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
with\\ space.py @space
\\#hash.py @hash
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.py", "@global-owner1 @global-owner2"),
        ("x/a.js", "@js-owner"),
        ("a.go", "docs@example.com"),
        ("build/logs/x/a.txt", "@octocat"),
        ("deeply/nested/logs/a.txt", "@octocat"),
        ("docs/a.md", "@doctocat"),
        ("x/apps/a.py", "@octocat"),
        ("apps/github", ""),
        ("apps/github/a.py", ""),
        ("apps/x.py", "@octocat"),
        ("scripts/a.js", "@doctocat @octocat"),
        ("with space.py", "@space"),
        ("#hash.py", "@hash"),
    ],
)
def test_github(path, expected):
    """The last rule that matches counts; one without owners leaves a file without; as documented."""
    assert " ".join(owners.parse(GITHUB, is_github=True).of(path)) == expected


@pytest.mark.parametrize(
    ("path", "expected"), [("docs/a.md", ("@d",)), ("docs/x/a.md", ()), ("x/docs/a.md", ())]
)
def test_star_stays_in_its_folder(path, expected):
    """``docs/*`` speaks for files right in docs, not for deeper ones."""
    assert owners.parse("docs/* @d").of(path) == expected


GITLAB = """\
* @default
[Documentation] @docs-team
docs/
README.md @writer
^[Database][2]
model/db/ @database
[documentation]
*.md @md
"""


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("a.py", "@default"),
        ("docs/a.txt", "@default @docs-team"),
        ("README.md", "@default @md"),
        ("model/db/x.rb", "@default @database"),
    ],
)
def test_gitlab_sections(path, expected):
    """Each section names owners of its own; a section's default fills lines without; names fold case."""
    assert " ".join(owners.parse(GITLAB).of(path)) == expected


@pytest.mark.parametrize("text", ["!x @a", "[", "*** @a", "[a-z] @x", "\\", "x @a\n\x00", "^[] @x"])
def test_bad_lines_break_nothing(text):
    """A line that is not right is passed over."""
    owners.parse(text).of("x/y.py")


def test_run_gets_owners(tmp_path, monkeypatch):
    """Files get the owners of their own repository, found in the documented places."""
    for name, place in (("one", "CODEOWNERS"), ("two", ".github/CODEOWNERS"), ("three", None)):
        (tmp_path / name / ".github").mkdir(parents=True)
        if place:
            (tmp_path / name / place).write_text(f"/src/ @{name}\n")
    monkeypatch.chdir(tmp_path / "one")
    files = [
        FileResult("src/a.py", Outcome.CLEAN, repository="."),
        FileResult(f"{tmp_path}/two/src/a.py", Outcome.CLEAN, repository=f"{tmp_path}/two"),
        FileResult(f"{tmp_path}/three/src/a.py", Outcome.CLEAN, repository=f"{tmp_path}/three"),
        FileResult("-", Outcome.CLEAN),
    ]
    found = owners.named(Run("scan", tuple(files)))
    assert [each.owners for each in found.files] == [("@one",), ("@two",), (), ()]


def test_brackets_are_no_section_on_github():
    """GitHub knows neither sections nor character classes: such a line is passed over, the rest counts."""
    text = "* @all\n[Ab]c/ @class\n[Team] @team\n!x.py @not\ny.py @one\n"
    found = owners.parse(text, is_github=True)
    assert [found.of(path) for path in ("Ac/x.py", "x.py", "y.py")] == [("@all",), ("@all",), ("@one",)]


def test_exclusions_of_gitlab():
    """What a section excludes has no owner there, whatever comes later; other sections still count."""
    found = owners.parse("[A] @a\n*.py\n!/gen/\n/gen/x.py\n[B]\n/gen/ @b\n")
    assert [found.of(path) for path in ("x.py", "gen/x.py")] == [("@a",), ("@b",)]


def test_a_byte_order_mark_is_no_pattern(tmp_path):
    """The first line counts in a file that begins with a byte order mark."""
    (tmp_path / "CODEOWNERS").write_bytes(b"\xef\xbb\xbf*.py @a\n")
    assert owners.load(str(tmp_path)).of("x.py") == ("@a",)
