"""How comments are written, by file name: for the comments that the tool reads and leaves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath


@dataclass(frozen=True, slots=True)
class Syntax:
    """A language's comments. line: what begins one that ends with its line; block: begin and end.

    Either may be missing ("" and ("", "")).
    """

    line: str = ""
    block: tuple[str, str] = ("", "")

    @property
    def begins(self) -> tuple[str, ...]:
        """Whatever begins a comment."""
        return tuple(each for each in (self.line, self.block[0]) if each)

    def comment(self, text: str) -> str:
        """The text as a comment on one line. It must not hold the end of a block comment."""
        return f"{self.line} {text}" if self.line else f"{self.block[0]} {text} {self.block[1]}"


HASH = Syntax("#")
SLASHES = Syntax("//", ("/*", "*/"))
MARKUP = Syntax("", ("<!--", "-->"))
NONE = Syntax()

_BY_SUFFIX: dict[str, Syntax] = {
    **dict.fromkeys((".py", ".pyi", ".pyw", ".ipynb", ".rb", ".pl", ".r", ".ex", ".exs", ".nix"), HASH),
    **dict.fromkeys((".sh", ".bash", ".zsh", ".ksh", ".fish", ".bats", ".envrc", ".ps1", ".awk"), HASH),
    **dict.fromkeys((".yaml", ".yml", ".toml", ".cfg", ".conf", ".properties", ".env", ".mk"), HASH),
    **dict.fromkeys((".http", ".rest", ".robot", ".dockerfile"), HASH),
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx", ".ts", ".mts", ".cts", ".tsx"), SLASHES),
    **dict.fromkeys(
        (".go", ".java", ".kt", ".kts", ".scala", ".groovy", ".gradle", ".rs", ".swift"), SLASHES
    ),
    **dict.fromkeys(
        (".c", ".h", ".cc", ".cpp", ".hpp", ".cs", ".dart", ".jsonc", ".json5", ".proto"), SLASHES
    ),
    **dict.fromkeys((".vue", ".svelte"), Syntax("//", ("<!--", "-->"))),
    **dict.fromkeys((".md", ".mdx", ".markdown", ".html", ".htm", ".xml", ".svg"), MARKUP),
    **dict.fromkeys((".tf", ".hcl", ".tfvars", ".php"), Syntax("#", ("/*", "*/"))),
    **dict.fromkeys((".sql", ".lua", ".hs", ".elm"), Syntax("--")),
    **dict.fromkeys((".clj", ".ini", ".el", ".lisp"), Syntax(";")),
    **dict.fromkeys((".rst",), Syntax("..")),
    **dict.fromkeys((".json", ".har", ".txt", ".csv", ".bru"), NONE),
}
_BY_NAME = {
    **dict.fromkeys(("dockerfile", "containerfile", "makefile", "gnumakefile", "justfile", "procfile"), HASH),
    **dict.fromkeys(("rakefile", "gemfile", "codeowners", ".envrc", ".env"), HASH),
    "jenkinsfile": SLASHES,
}

ANY = ("#", "//", "/*", "<!--", "--", ";", "..", "{#", "{{/*", "%", "*", "REM", "rem")
"""What begins a comment in one language or another."""


def syntax_of(path: str, first_line: str = "") -> Syntax | None:
    """How comments are written in a file, or None where that is not known."""
    name = PurePosixPath(path).name.lower()
    known = _BY_NAME.get(name) or _BY_NAME.get(name.split(".")[0])
    known = known or _BY_SUFFIX.get(PurePosixPath(name).suffix)
    if known is None and first_line.startswith("#!"):
        return SLASHES if any(each in first_line for each in ("node", "deno", "bun")) else HASH
    return known
