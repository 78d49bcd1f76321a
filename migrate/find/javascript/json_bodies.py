"""Bodies that are written as JSON: in a text of the program, or in a file that it reads."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePosixPath

from migrate.find.javascript.payload import Body, JsonText, UnprovedError
from migrate.find.javascript.tree import Node, unwrap
from migrate.find.javascript.values import Values, static_text


def short(node: Node) -> str:
    """The text of a node on one line, cut where it is long."""
    text = " ".join(node.text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def json_literal(node: Node) -> Body:
    """The body in a string literal. Raises UnprovedError."""
    from migrate import structured  # noqa: PLC0415 (only where a body is written as JSON text)

    text = static_text(node)
    if text is None or text != node.text[1:-1]:
        raise UnprovedError("the body is a JSON text with escapes or substitutions", node)
    try:
        value = structured.load(text, "json")
    except ValueError as error:
        raise UnprovedError(f"the body is a text that is not JSON: {error}", node) from error
    return _checked(JsonText(node.module.path, node.start + 1, node.end - 1, text, value), node)


def read_file(call: Node, argument: Node, name: str, values: Values) -> Body:
    """The body in the JSON file that ``readFileSync`` or ``require`` reads. Raises UnprovedError."""
    specifier = static_text(unwrap(argument))
    if specifier is None:
        found = [each for each in argument.walk() if each.kind == "string"]
        specifier = static_text(found[-1]) if len(found) == 1 else None
    project = values.workspace.project
    if name == "require" and specifier is not None:
        specifier = _with_suffix(specifier, call, values)
    if specifier is None or not specifier.endswith(".json"):
        raise UnprovedError(f"the body comes from `{short(call)}`", call)
    path = project.beside(call.module.path, specifier)
    if name != "require" and not project.exists(path):
        path = project.from_root(specifier)
    return json_file(path, call, values)


def _with_suffix(specifier: str, call: Node, values: Values) -> str:
    """The specifier of a JSON module, with the suffix that ``require`` lets one leave out."""
    found = values.workspace.resolve(call.module, specifier)
    json = found is not None and found.endswith(".json") and not specifier.endswith(".json")
    return specifier + ".json" if json else specifier


def other_reader(path: str, known: Collection[Node], values: Values) -> Node | None:
    """A place that names a JSON file and is none of those that are known to read it."""
    name = PurePosixPath(path).name
    for module in values.workspace.mentioning(PurePosixPath(path).stem.encode()):
        for node in module.root.walk():
            text = static_text(node) if node.kind == "string" else None
            if text is None or any(node.inside(each) for each in known):
                continue
            if text.rpartition("/")[2] == name or values.workspace.resolve(module, text) == path:
                return node
    return None


def json_file(path: str, node: Node, values: Values) -> Body:
    """The body in a JSON file of the project. node: where it is read. Raises UnprovedError."""
    from migrate import structured  # noqa: PLC0415 (only where a body is read from a file)

    source = values.workspace.project.read(path)
    if source is None:
        raise UnprovedError(f"the body is in {path}, which is not in reach", node)
    try:
        value = structured.load(source.text, "json")
    except ValueError as error:
        raise UnprovedError(f"{path} is not JSON: {error}", node) from error
    return _checked(JsonText(path, 0, len(source.text), source.text, value), node)


def _checked(text: JsonText, node: Node) -> Body:
    if not isinstance(text.value, dict):
        raise UnprovedError("the body is JSON, but not an object", node)
    return Body(None, text=text)
