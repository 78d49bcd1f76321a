"""Samples of code in documents: what language they are in, and what is found in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from migrate import contract, definitions, evidence, structured
from migrate.contract import Operation, Untranslatable
from migrate.embed import Region, Unwritable, to_review
from migrate.find import literal
from migrate.find.text import advice
from migrate.model import Action, Findings, Use
from migrate.source import Source

_LANGUAGES = {
    "shell": ("shell", ".sh"), "bash": ("shell", ".sh"), "sh": ("shell", ".sh"), "curl": ("shell", ".sh"),
    "zsh": ("shell", ".zsh"), "fish": ("shell", ".fish"), "console": ("console", ""),
    "shell-session": ("console", ""), "shellsession": ("console", ""), "terminal": ("console", ""),
    "python": ("python", ".py"), "python3": ("python", ".py"), "py": ("python", ".py"),
    "javascript": ("javascript", ".js"), "js": ("javascript", ".js"), "jsx": ("javascript", ".jsx"),
    "node": ("javascript", ".js"), "mjs": ("javascript", ".mjs"), "typescript": ("javascript", ".ts"),
    "ts": ("javascript", ".ts"), "tsx": ("javascript", ".tsx"), "go": ("go", ".go"), "golang": ("go", ".go"),
    "json": ("json", ".json"), "jsonc": ("json", ".jsonc"), "json5": ("json", ".json5"),
    "yaml": ("yaml", ".yaml"), "yml": ("yaml", ".yml"), "hcl": ("terraform", ".tf"),
    "terraform": ("terraform", ".tf"), "tf": ("terraform", ".tf"), "dockerfile": ("dockerfile", ""),
    "docker": ("dockerfile", ""), "makefile": ("makefile", ""), "make": ("makefile", ""),
    "just": ("justfile", ""), "ruby": ("code", ".rb"), "rb": ("code", ".rb"), "php": ("code", ".php"),
    "java": ("code", ".java"), "kotlin": ("code", ".kt"), "csharp": ("code", ".cs"), "cs": ("code", ".cs"),
    "rust": ("code", ".rs"), "swift": ("code", ".swift"), "powershell": ("powershell", ".ps1"),
    "pwsh": ("powershell", ".ps1"), "ps1": ("powershell", ".ps1"), "vue": ("javascript", ".vue"),
    "svelte": ("javascript", ".svelte"),
    "http": ("http_file", ".http"),
    "rest": ("http_file", ".http"),
    "md": ("documents", ".md"),
    "markdown": ("documents", ".md"),
    "mdx": ("documents", ".mdx"),
}  # fmt: skip
_COMMAND = re.compile(rf"^\s*(?:\$ |> )?(?:curl|wget|https?|xh|{contract.PRODUCT}|npx) ", re.MULTILINE)
_PROMPT = re.compile(r"^[ \t]*(?:\$|%|>|❯|\w+@[\w.-]+[:~\w/]*[$#])[ \t]+", re.MULTILINE)


@dataclass(frozen=True)
class Sample:
    """A block of code. name: the language as the document writes it ("" where it says none)."""

    name: str
    region: Region

    @property
    def language(self) -> tuple[str, str]:
        """The finder and the file suffix; ``text`` where there is no finder for it."""
        known = _LANGUAGES.get(self.name.lower())
        if known:
            return known
        if not self.name and _COMMAND.search(self.region.text):
            return ("console" if _PROMPT.search(self.region.text) else "shell", "")
        if not self.name and self.region.text.lstrip().startswith("{"):
            return ("json", ".json")
        return ("text", "")


def regions(sample: Sample) -> Iterator[Region]:
    """The parts of a sample that have a finder."""
    language, suffix = sample.language
    if language == "console" or (language == "shell" and _PROMPT.match(sample.region.text)):
        yield from _console(sample.region)
    elif language != "text":
        yield replace(sample.region, language=language, suffix=suffix)


def _console(region: Region) -> Iterator[Region]:
    """The commands of a terminal session, each with its continuation lines."""
    lines = list(re.finditer(r"[^\n]*\n|[^\n]+$", region.text))
    index = 0
    while index < len(lines):
        prompt = _PROMPT.match(lines[index][0])
        last = index
        while lines[last][0].rstrip("\r\n").endswith("\\") and last + 1 < len(lines):
            last += 1
        if prompt:
            yield _slice(region, lines[index].start() + prompt.end(), lines[last].end())
        index = last + 1


def _slice(region: Region, start: int, end: int) -> Region:
    return replace(
        region,
        language="shell",
        suffix=".sh",
        text=region.text[start:end],
        starts=region.starts[start:end],
        ends=region.ends[start:end],
        origin=region.outer_start(start),
    )


def reported(found: Findings, why: str) -> Findings:
    """What would be rewritten, as a report. why: half a sentence."""
    uses = tuple(to_review(use, why) for use in found.uses)
    return replace(found, uses=uses)


# ── Bodies on their own ──────────────────────────────────────────────────────────────────────


def definitions_in(source: Source, sample: Sample) -> Iterator[Use]:
    """A use for a sample that is a job's body, or the answer with one, in a page about an old operation."""
    language, _ = sample.language
    if language not in ("json", "yaml") or not _is_about_old(source.text):
        return
    text = sample.region.text
    try:
        value = structured.load(text, language)
    except ValueError:
        return
    for at in ((), (contract.RESPONSE_ENVELOPE,)):
        body = value.get(at[0]) if at and isinstance(value, dict) else value
        if not isinstance(body, dict) or not set(body) & set(contract.MOVED_KEYS) or "apiVersion" in body:
            continue
        proof = evidence.of_payload(frozenset(literal.keys_of(body)), text)
        if proof.strong:
            operation = definitions.operation_of(frozenset(body))
            yield _definition(source, sample.region, language, operation, at, proof)
            return


def _is_about_old(text: str) -> bool:
    patterns = (
        contract.PATH_IN_TEXT,
        contract.CLIENT_IN_TEXT,
        contract.CLI_COMMAND,
        contract.CLI_SYNOPSIS,
        contract.DOCS_LINK,
    )
    return any(each.search(text) for each in patterns)


def _definition(
    source: Source,
    region: Region,
    syntax: str,
    operation: Operation,
    at: tuple[str, ...],
    proof: evidence.Evidence,
) -> Use:
    reason = ""
    spans: list[tuple[int, int, str]] = []
    try:
        moved = structured.move_edits(region.text, syntax, operation, at)
        spans = [region.outer_edit(*each, source.text) for each in moved]
    except Untranslatable as error:
        reason = error.reason.rstrip(".")
    except (Unwritable, ValueError) as error:
        reason = str(error)
    message = "A job's answer in the old shape." if at else "A job's body in the old shape."
    return source.use(
        (region.outer_start(0), region.outer_end(len(region.text.rstrip()))),
        kind=definitions.DEFINITION,
        language=syntax,
        operation=operation.name,
        action=Action.REVIEW if reason else Action.REWRITE,
        message=f"{message} Not rewritten: {reason}." if reason else message,
        advice=advice(operation),
        evidence=proof.pro,
        edits=() if reason else tuple(source.edit(*each) for each in spans),
    )
