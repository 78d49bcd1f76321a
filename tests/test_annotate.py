"""Comments where a person must act: in each language, harmless, kept while they hold, then gone."""

import ast
import subprocess
from dataclasses import replace

import pytest

from migrate import harmless
from migrate.annotate import MARK, annotated, masked
from migrate.model import Action, FileResult, Outcome, Run
from migrate.report.words import LEFT
from migrate.source import Source
from tests.need import need

PLACE = "PLACE"
WORDS = "nf-migrate: review[http-call] Why not. Do this."


def run_over(path, text, encoding="utf-8", place=PLACE, edits=()):
    """A run with a review use at each place, and what is on the disk."""
    source = Source(path, text.encode(encoding), text, encoding)
    starts = [at for at in range(len(text)) if text.startswith(place, at)]
    uses = tuple(
        source.use(
            (at, at + len(place)),
            kind="http-call",
            language="x",
            action=Action.REVIEW,
            message="Why not.",
            advice="Do this.",
        )
        for at in starts
    )
    outcome = Outcome.REVIEW if uses else Outcome.CLEAN
    return Run("rewrite", (FileResult(path, outcome, uses=uses),)), source.data


def annotate(path, text, encoding="utf-8"):
    """The text with comments, and the run's notes."""
    run, data = run_over(path, text, encoding)
    done = annotated(run, lambda _: data)
    (file,) = done.files
    after = file.after if file.after is not None else data
    return after.decode(encoding), done.notes


CASES = {
    "a.py": ("def f():\n    x = PLACE\n", "def f():\n    # {}\n    x = PLACE\n"),
    "b.py": ('x = f"""\n{{PLACE}}\n"""\n', '# {}\nx = f"""\n{{PLACE}}\n"""\n'),
    "c.py": ("#!/usr/bin/env python\nPLACE\n", "#!/usr/bin/env python\n# {}\nPLACE\n"),
    "d.py": ("x = 1 + \\\n    PLACE\n", "# {}\nx = 1 + \\\n    PLACE\n"),
    "e.py": ("f(\r\n  PLACE,\r\n)\r\n", "f(\r\n  # {}\r\n  PLACE,\r\n)\r\n"),
    "a.ts": ("const a = `\n${{PLACE}}`\n", "// {}\nconst a = `\n${{PLACE}}`\n"),
    "a.tsx": ("const a = <p>\n  PLACE\n</p>\n", "// {}\nconst a = <p>\n  PLACE\n</p>\n"),
    "b.js": ("go(\n\tPLACE)\n", "go(\n\t// {}\n\tPLACE)\n"),
    "a.sh": ("cat <<E\nPLACE\nE\n", "# {}\ncat <<E\nPLACE\nE\n"),
    "b.sh": ("curl -X PUT \\\n  PLACE\n", "# {}\ncurl -X PUT \\\n  PLACE\n"),
    "a.yaml": ("a:\n  run: |\n    PLACE\n", "a:\n  # {}\n  run: |\n    PLACE\n"),
    "b.yml": ("- url: PLACE\n", "# {}\n- url: PLACE\n"),
    "main.go": ("package a\n\nvar x = `\nPLACE`\n", "package a\n\n// {}\nvar x = `\nPLACE`\n"),
    "main.tf": ('a = "PLACE"\n', '# {}\na = "PLACE"\n'),
    "Dockerfile": (
        "# syntax=docker/dockerfile:1\nRUN a && \\\n  # why\n  PLACE\n",
        "# syntax=docker/dockerfile:1\nRUN a && \\\n  # why\n  # {}\n  PLACE\n",
    ),
    "b.dockerfile": ("RUN <<E\nPLACE\nE\n", "# {}\nRUN <<E\nPLACE\nE\n"),
    "Makefile": ("a:\n\techo\n\tPLACE\n", "a:\n\techo\n# {}\n\tPLACE\n"),
    "b.mk": ("define a\nPLACE\nendef\n", "# {}\ndefine a\nPLACE\nendef\n"),
    "c.mk": ("a:\n\techo \\\n\tPLACE\n", "a:\n# {}\n\techo \\\n\tPLACE\n"),
    "a.md": ("Text\n\n```sh\nPLACE\n```\n", "Text\n\n<!-- {} -->\n```sh\nPLACE\n```\n"),
    "b.md": ("One\nPLACE two\n", "<!-- {} -->\nOne\nPLACE two\n"),
    "c.md": ("- one\n\n      PLACE\n", "<!-- {} -->\n- one\n\n      PLACE\n"),
    "d.md": (
        "---\ntitle: x\n---\n| a |\n| - |\n| PLACE |\n",
        "---\ntitle: x\n---\n<!-- {} -->\n| a |\n| - |\n| PLACE |\n",
    ),
    "a.html": (
        "<!doctype html>\n<p>x</p>\n<script>\nPLACE\n</script>\n",
        "<!doctype html>\n<p>x</p>\n<!-- {} -->\n<script>\nPLACE\n</script>\n",
    ),
    "a.vue": (
        "<template><p/></template>\n<script setup lang='ts'>\nlet a: string =\n  PLACE\n</script>\n",
        "<template><p/></template>\n<script setup lang='ts'>\nlet a: string =\n  // {}\n  PLACE\n</script>\n",
    ),
    "a.svelte": (
        "<script>\n  go(`\nPLACE`)\n</script>\n{#if a}<b/>{/if}\n",
        "<script>\n  // {}\n  go(`\nPLACE`)\n</script>\n{#if a}<b/>{/if}\n",
    ),
    "cr.py": ("x = 1\rPLACE\r", "x = 1\r# {}\rPLACE\r"),
    "a.toml": ('x = """\nPLACE"""\n', '# {}\nx = """\nPLACE"""\n'),
}


@pytest.mark.parametrize("path", CASES)
def test_a_comment_at_the_nearest_harmless_place(path):
    """The comment goes above the line, or above its statement where it would change the program there."""
    text, expected = (each.replace("{{", "{").replace("}}", "}") for each in CASES[path])
    after, notes = annotate(path, text)
    assert after == expected.replace("{}", WORDS)
    assert notes == ()


@pytest.mark.parametrize("path", CASES)
def test_a_second_run_changes_nothing(path):
    """Over its own result, annotating changes no byte."""
    text = CASES[path][0].replace("{{", "{").replace("}}", "}")
    once, _ = annotate(path, text)
    assert annotate(path, once)[0] == once


@pytest.mark.parametrize("path", CASES)
def test_solved_sites_lose_their_comment(path):
    """Once no use is left at the site, the next run gives back the file without the comment."""
    text = CASES[path][0].replace("{{", "{").replace("}}", "}")
    once, _ = annotate(path, text)
    assert annotate(path, once.replace(PLACE, "OTHER"))[0] == text.replace(PLACE, "OTHER")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.json", '{"a": "PLACE"}'),
        ("a.ipynb", '{"a": "PLACE"}'),
        ("Dockerfile", "# escape=` PLACE\nRUN a\n"),
        ("Makefile", ".RECIPEPREFIX = >\na:\n>PLACE\n"),
        ("a.md", "---\ntitle: PLACE\n---\n"),
        ("a.mdx", "PLACE\n"),
        ("a.rst", "PLACE\n"),
        ("a.vue", "<template><a @click='PLACE'/></template>\n"),
        ("a.html", "<pre>\nPLACE\n</pre>\n"),
        ("a.py", "def broken(:\n  PLACE\n"),
        ("a.py", "#!/usr/bin/env PLACE\n"),
        ("a.yaml", "a: b: PLACE\n"),
        ("a.unknown", "PLACE\n"),
    ],
)
def test_without_proof_no_comment(path, text):
    """Where comments don't exist, or nothing proves one harmless, the file stays and the run says so."""
    after, notes = annotate(path, text)
    assert after == text
    assert f"{path}:" in notes[0]


def test_two_places_in_a_line_share_a_comment_and_kinds_have_their_own():
    """The same words are said once a line; other words get a line of their own, in order."""
    run, data = run_over("a.py", "PLACE; PLACE\n")
    first, second = run.files[0].uses
    file = replace(run.files[0], uses=(first, replace(second, kind="prose")))
    for uses, expected in ((run.files[0].uses, 1), (file.uses, 2)):
        done = annotated(replace(run, files=(replace(file, uses=uses),)), lambda _: data)
        assert done.files[0].after.decode().count(MARK) == expected
        again = done.files[0].after
        moved = tuple(replace(use, line=use.line + expected) for use in uses)
        twice = annotated(replace(run, files=(replace(file, uses=moved),)), lambda _, again=again: again)
        assert twice.files[0].after is None


def test_goes_along_with_a_rewrite():
    """Comments and rewrites of one file are made together, in one result."""
    text = "OLD\nPLACE\nOLD\n"
    run, data = run_over("a.py", text)
    source = Source("a.py", data, text)
    edits = (source.edit(0, 3, "NEWER"), source.edit(10, 13, "NEWER"))
    rewrite = source.use(
        (0, 3), kind="client-call", language="x", action=Action.REWRITE, message="m", edits=edits
    )
    file = replace(
        run.files[0],
        outcome=Outcome.WOULD_REWRITE,
        uses=(rewrite, *run.files[0].uses),
        before=data,
        after=b"NEWER\nPLACE\nNEWER\n",
    )
    done = annotated(replace(run, files=(file,)), lambda _: data)
    assert done.files[0].after.decode() == f"NEWER\n# {WORDS}\nPLACE\nNEWER\n"


def test_hostile_words_stay_one_harmless_comment():
    """Newlines, ends of comments and characters beyond ASCII in a message stay inside one comment."""
    run, data = run_over("a.py", "PLACE\n")
    use = replace(
        run.files[0].uses[0], message="a\nimport os */ --> \u2028 é\r\x1b[0m", advice="see b.py:12."
    )
    done = annotated(replace(run, files=(replace(run.files[0], uses=(use,)),)), lambda _: data)
    text = done.files[0].after.decode()
    assert text.isascii()
    assert len(ast.parse(text).body) == 1
    assert text.count("\n") == 2
    assert ":12" not in text


def test_ignored_and_foreign_encodings():
    """Accepted uses get no comment; a file in another encoding keeps it."""
    run, data = run_over("a.py", "PLACE\n")
    use = replace(run.files[0].uses[0], accepted="ignored: x")
    assert (
        annotated(replace(run, files=(replace(run.files[0], uses=(use,)),)), lambda _: data).files[0].after
        is None
    )
    after, _ = annotate("a.py", "# coding: latin-1\nx = 'é' + PLACE\n", "latin-1")
    assert after == f"# coding: latin-1\n# {WORDS}\nx = 'é' + PLACE\n"


def test_comments_are_not_evidence():
    """What the comments say is blanked for the finders, at the same offsets."""
    text = f"# {MARK}prose] Northflank says é put job\nx = 1\n"
    source = Source("a.py", text.encode(), text)
    blank = masked(source)
    assert "orthflank" not in blank.text
    assert len(blank.text) == len(text)
    assert len(blank.text.encode()) == len(source.data)
    assert blank.text.endswith("\nx = 1\n")


@pytest.mark.parametrize(
    ("path", "old", "new", "same"),
    [
        ("a.py", "x = 1\n", "# c\nx = 1\n", True),
        ("a.py", "x = '''\n'''\n", "x = '''\n# c\n'''\n", False),
        ("a.yaml", "a: |\n  b\n", "a: |\n  # c\n  b\n", False),
        ("a.yaml", "a: b\n", "# c\na: b\n", True),
        ("a.sh", "a \\\n b\n", "a \\\n # c\n b\n", False),
        ("a.js", "`\n`\n", "`\n// c\n`\n", False),
        ("a.go", "package a\n", "// c\npackage a\n", True),
        ("a.toml", "a = 1\n", "# c\na = 2\n", False),
        ("Dockerfile", "RUN a \\\n b\n", "RUN a \\\n# c\n b\n", True),
        ("Dockerfile", "RUN <<'E'\nb\nE\n", "RUN <<'E'\n# c\nb\nE\n", False),
        ("Dockerfile", "# escape=`\nRUN a\n", "# c\n# escape=`\nRUN a\n", False),
        ("Dockerfile", "RUN a\rb\n", "RUN a\r# c\nb\n", False),
        ("Makefile", "a:\n\tb\rc\n", "a:\n\tb\r# c\nc\n", False),
        ("Makefile", "a:\r\n\tb\r\n", "a:\r\n# c\r\n\tb\r\n", True),
        ("Dockerfile", "RUN a \\\r\n b\r\n", "RUN a \\\r\n# c\r\n b\r\n", True),
        ("a.md", "a\r\n\r\nb\r\n", "a\r\n\r\n<!-- c -->\r\nb\r\n", True),
        ("Makefile", "a:\n\tb\n", "a:\n\t# c\n\tb\n", False),
        ("Makefile", "a:\n\tb\n", "a:\n# c \\\n\tb\n", False),
        ("Makefile", "a = b \\\n c\n", "a = b \\\n# c\n c\n", False),
        ("a.md", "```\na\n```\n", "```\n<!-- c -->\na\n```\n", False),
        ("a.md", "a\nb\n", "a\n<!-- c -->\nb\n", False),
        ("a.md", "- a\n- b\n", "- a\n<!-- c -->\n- b\n", False),
        ("a.md", "---\na: b\n---\n", "---\n<!-- c -->\na: b\n---\n", False),
        ("a.vue", "<p>a</p>\n<script>b</script>\n", "<p>\n// c\na</p>\n<script>b</script>\n", False),
        ("a.tf", "a = <<E\nE\n", "a = <<E\n# c\nE\n", False),
    ],
)
def test_proofs(path, old, new, same):
    """A proof holds for a comment that is one, and fails for one that is part of the program."""
    assert harmless.proof_for(path)(old, new) is same


def test_the_shell_agrees():
    """A script with comments left in it prints what it printed before."""
    text = "x=PLACE\ncat <<E\n$x PLACE\nE\necho a \\\n  PLACE\nif true; then\n  echo PLACE\nfi\n"
    after, notes = annotate("a.sh", text)
    assert notes == ()
    assert after.count(MARK) == 4
    old, new = (
        subprocess.run([need("sh")], input=each, capture_output=True, text=True, check=True).stdout
        for each in (text, after)
    )
    assert old == new


def test_make_agrees(tmp_path):
    """A makefile with comments left in its recipes prints what it printed before."""
    text = "define say\necho PLACE\nendef\na: b\n\t@echo a \\\n\tPLACE\n\t@$(say)\nb:\n\techo PLACE\n"
    after, notes = annotate("Makefile", text)
    assert notes == ()
    assert after.count(MARK) == 3
    said = []
    for each in (text, after):
        (tmp_path / "Makefile").write_text(each)
        run = subprocess.run([need("make")], cwd=tmp_path, capture_output=True, text=True, check=True)
        said.append((run.stdout, run.stderr))
    assert said[0] == said[1]


def test_what_ends_a_comment_does_not():
    """Words that hold the end of a block comment don't end it, and the finders see it closed."""
    run, data = run_over("a.md", "PLACE\n")
    use = replace(run.files[0].uses[0], message="See --> here --!> Northflank.")
    done = annotated(replace(run, files=(replace(run.files[0], uses=(use,)),)), lambda _: data)
    text = done.files[0].after.decode()
    assert text.count("-->") == 1
    assert "--!>" not in text
    blank = masked(Source("a.md", text.encode(), text)).text
    assert "orthflank" not in blank
    assert blank.endswith(" -->\nPLACE\n")


def test_each_reason_for_no_comment_is_said():
    """JSON has no comments at all, which is another reason than a missing proof."""
    assert "the format has none" in annotate("a.json", "PLACE")[1][0]
    assert "nothing proves it harmless" in annotate("a.ps1", "PLACE")[1][0]


def test_long_reasons_are_wrapped():
    """A long reason is several lines within the width; all go once it is solved, and none is evidence."""
    run, data = run_over("a.py", "def f():\n    PLACE\n")
    use = replace(run.files[0].uses[0], message="Northflank " * 40, advice="Move it. " * 10)
    done = annotated(replace(run, files=(replace(run.files[0], uses=(use,)),)), lambda _: data)
    text = done.files[0].after.decode()
    lines = text.splitlines()
    assert max(map(len, lines)) < 100
    assert len(lines) > 5
    assert all(line.startswith("    # nf-migrate: ") for line in lines[1:-1])
    assert "orthflank" not in masked(Source("a.py", text.encode(), text)).text
    solved = Run("rewrite", (FileResult("a.py", Outcome.CLEAN),))
    assert annotated(solved, lambda _: text.encode()).files[0].after == data


def test_what_was_left_by_choice_gets_no_comment():
    """A change that was declined when asked for is no work for a person."""
    run, data = run_over("a.py", "PLACE\n")
    use = replace(run.files[0].uses[0], message=f"Why. {LEFT}")
    assert (
        annotated(replace(run, files=(replace(run.files[0], uses=(use,)),)), lambda _: data).files[0].after
        is None
    )
