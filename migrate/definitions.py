"""Definition files: a job's body in a JSON or YAML file that a command or a program reads.

The keys of a definition move only together with what reads it. `read` gives a finder the edits
for the file that its command names; the finder puts them into the use of the command. Uses with
the same edits, and uses of the same `group`, are applied all or none, so that a definition read
by several commands moves with all of them. `find_in` is for files that nothing is seen to read
and that the user names with ``--definitions``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from migrate import contract, evidence
from migrate.contract import Operation, Untranslatable
from migrate.find import without_template_suffix
from migrate.find.text import advice
from migrate.model import Action, Dismissal, Edit, Findings, Options, Use
from migrate.patterns import matcher
from migrate.project import Project
from migrate.source import Source
from migrate.structured.document import parse
from migrate.structured.moves import Path, move_in_root
from migrate.structured.nodes import Document, MappingNode, Node, SequenceNode, to_value, walk
from migrate.structured.plan import at_path

_SUFFIXES = {".json": "json", ".jsonc": "jsonc", ".json5": "jsonc", ".yaml": "yaml", ".yml": "yaml"}
_KUBERNETES_KEYS = frozenset(("apiVersion", "kind"))
DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Definition:
    """A definition file as one operation reads it.

    body: its value before, JSON-like (None where it is not understood); edits: what moves its keys
    (none where nothing has to move); reason: why it can't be moved ("" where it can), a sentence.
    """

    path: str
    body: Mapping[str, Any] | None
    edits: tuple[Edit, ...] = ()
    reason: str = ""

    @property
    def group(self) -> str:
        """The `Use.group` of everything that reads the file."""
        return group_of(self.path)


def group_of(path: str) -> str:
    """The group of the uses that read a definition file, for a use that has none of its edits."""
    return f"definition {path}"


def syntax_of(path: str, text: str = "") -> str | None:
    """``json``, ``jsonc`` or ``yaml`` by a file's name (template suffixes aside) or its first character."""
    known = _SUFFIXES.get(PurePosixPath(without_template_suffix(path)).suffix.lower())
    return known or ("json" if text.lstrip("\ufeff \t\r\n").startswith("{") else None)


def parsed(text: str, syntax: str) -> Document:
    """A document; a JSON text that has comments or trailing commas as JSONC. Raises ValueError."""
    try:
        return parse(text, syntax)
    except ValueError:
        if syntax != "json":
            raise
        return parse(text, "jsonc")


def load(project: Project, path: str, at: Path = ()) -> Mapping[str, Any] | None:
    """The body in a definition file, JSON-like, or None where there is none that is understood."""
    source = project.read(path)
    syntax = syntax_of(path, source.text) if source else None
    if source is None or syntax is None:
        return None
    try:
        document = parsed(source.text, syntax)
        value = to_value(at_path(document.roots[0], at)) if len(document.roots) == 1 else None
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def read(project: Project, path: str, operation: Operation, at: Path = ()) -> Definition:
    """A definition file and the edits that move an operation's keys in it.

    path: as in `Source.path`; at: key path of the body in the file (of the code that takes it out).
    """
    source = project.read(path)
    if source is None:
        return Definition(path, None, reason=f"The definition {path} can't be read.")
    syntax = syntax_of(path, source.text)
    if syntax is None:
        return Definition(path, None, reason=f"The definition {path} is neither JSON nor YAML by its name.")
    body = load(project, path, at)
    try:
        document = parsed(source.text, syntax)
        if len(document.roots) != 1:
            return Definition(path, None, reason=f"The definition {path} holds several documents.")
        edits = _edits(source, document, 0, at, operation)
        contract.upgrade_request(operation, to_value(at_path(document.roots[0], at)))
    except Untranslatable as error:
        return Definition(path, body, reason=f"The definition {path} can't be moved: {error.reason}")
    except ValueError as error:
        return Definition(path, body, reason=f"The definition {path} can't be understood: {error}.")
    return Definition(path, body, edits)


def _edits(source: Source, document: Document, root: int, at: Path, operation: Operation) -> tuple[Edit, ...]:
    spans = move_in_root(document, document.roots[root], operation, at)
    return tuple(source.edit(start, end, new) for start, end, new in spans)


# ── Definitions that the user names ──────────────────────────────────────────────────────────


def is_named(path: str, options: Options) -> bool:
    """Whether a path matches one of the patterns of ``--definitions`` (as in .gitignore)."""
    return matcher(options.definitions, options.definitions_base, "definitions")(path)


def find_in(source: Source, project: Project) -> Findings:
    """Uses for a file that ``--definitions`` names: one for each job's body in it."""
    if source.around or not is_named(source.path, project.options):
        return Findings()  # nor is a string within another file one
    syntax = syntax_of(source.path, source.text)
    try:
        document = parsed(source.text, syntax or "json")
    except ValueError:
        return Findings()  # its own finder reports that it can't be read
    uses: list[Use] = []
    dismissals: list[Dismissal] = []
    for root, at, node in _bodies(document):
        if _names(node) >= _KUBERNETES_KEYS:
            line, _ = source.line_column(node.start)
            dismissals.append(Dismissal(line, "a Kubernetes manifest"))
        else:
            uses += _named_use(source, document, root, at, node)
    return Findings(tuple(uses), tuple(dismissals))


def unreadable(source: Source, project: Project, language: str, reason: str) -> Findings:
    """A review for a file that ``--definitions`` names, that has a moved key and can't be parsed."""
    found = contract.MOVED_KEY_IN_TEXT.search(source.text)
    if source.around or not found or not is_named(source.path, project.options):
        return Findings()
    use = source.use(
        found.span(),
        kind=DEFINITION,
        language=language,
        action=Action.REVIEW,
        message=f"A job definition by its path. Not rewritten: the file can't be parsed: {reason}.",
        advice=advice(contract.PUT_MANUAL),
        evidence=("the path is named as a definition",),
    )
    return Findings((use,))


def _bodies(document: Document) -> Iterator[tuple[int, Path, MappingNode]]:
    """The root of each document, or what is taken for a body without doubt up to two steps below it."""
    for index, root in enumerate(document.roots):
        if isinstance(root, MappingNode) and (_moved_in(root) or _names(root) >= _KUBERNETES_KEYS):
            yield index, (), root
            continue
        for step, node in _children(root):
            if _is_body(document, node):
                yield index, (step,), node  # type: ignore[misc]
                continue
            for inner, below in _children(node):
                if _is_body(document, below):
                    yield index, (step, inner), below  # type: ignore[misc]


def _children(node: Node) -> list[tuple[str | int, Node]]:
    if isinstance(node, MappingNode):
        return [(pair.name, pair.value) for pair in node.pairs if pair.name is not None]
    return list(enumerate(node.items)) if isinstance(node, SequenceNode) else []


def _names(node: MappingNode) -> frozenset[str]:
    return frozenset(pair.name for pair in node.pairs if pair.name is not None)


def _moved_in(node: MappingNode) -> frozenset[str]:
    return _names(node) & set(contract.MOVED_KEYS)


def _is_body(document: Document, node: Node) -> bool:
    """Whether a mapping has a moved key and is evidently a Northflank job's."""
    if not isinstance(node, MappingNode) or not _moved_in(node) or _names(node) >= _KUBERNETES_KEYS:
        return False
    keys = frozenset(name for each in walk(node) if isinstance(each, MappingNode) for name in _names(each))
    return evidence.of_payload(keys, document.text[node.start : node.end]).strong


def operation_of(keys: frozenset[str]) -> Operation:
    """The operation that a body is for, by its own keys: a scheduled job's or a manual job's."""
    job_type = contract.CRON if keys & set(contract.CRON_KEYS) else contract.MANUAL
    return contract.operation(contract.PUT_MANUAL.verb, job_type) or contract.PUT_MANUAL


def _named_use(source: Source, document: Document, root: int, at: Path, node: MappingNode) -> list[Use]:
    operation = operation_of(_names(node))
    edits: tuple[Edit, ...] = ()
    reason = ""
    try:
        edits = _edits(source, document, root, at, operation)
    except Untranslatable as error:
        reason = error.reason
    except ValueError as error:
        reason = f"The text can't be understood: {error}."
    if not edits and not reason:
        return []
    first = next((pair for pair in node.pairs if pair.name in operation.moved_keys), node.pairs[0])
    return [
        source.use(
            (first.key.start, first.key.end),
            kind=DEFINITION,
            language="yaml" if document.syntax == "yaml" else "json",
            operation=operation.name,
            action=Action.REWRITE if edits else Action.REVIEW,
            message=f"A job definition in the old shape. {reason and f'Not rewritten: {reason}'}".strip(),
            advice=advice(operation),
            evidence=("the path is named as a definition",),
            edits=edits,
            group=group_of(source.path),
        )
    ]
