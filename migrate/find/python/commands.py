"""Commands in Python code: texts that a shell runs, and lists of words that `subprocess` runs.

Each becomes a region of shell, in which the shell's finder looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import libcst as cst

from migrate import contract
from migrate.embed import Region, Unwritable
from migrate.find.python import imports, strings
from migrate.find.python.module import Module
from migrate.find.python.values import Literal
from migrate.quoting import Char, region

_RUNNERS = frozenset(("run", "call", "check_call", "check_output", "Popen"))
_SHELLS = frozenset(
    ("system", "popen", "getoutput", "getstatusoutput", "create_subprocess_shell", "subprocess_shell")
)
_CAPTURING = frozenset(("check_output", "popen", "getoutput", "getstatusoutput", "Popen"))
_PLAIN = re.compile(r"[\w@%+=:,./-]+")
_WORTH = re.compile(f"{contract.PRODUCT}|{contract.COLLECTION}")


def regions(module: Module, *, answers_read: bool) -> list[Region]:
    """The commands that name the endpoint or the CLI.

    answers_read: whether something in the file may read moved keys from a command's output.
    """
    named: dict[str, list[cst.CSTNode]] = {}
    for name in module.nodes(cst.Name):
        named.setdefault(getattr(name, "value", ""), []).append(name)
    found: list[Region] = []
    for node in module.nodes(cst.Call):
        if isinstance(node, cst.Call) and node.args:
            found += _of_call(module, node, named, answers_read=answers_read)
    return [each for each in found if _WORTH.search(each.text)]


def _of_call(
    module: Module, node: cst.Call, named: dict[str, list[cst.CSTNode]], *, answers_read: bool
) -> Iterator[Region]:
    name = imports.dotted_name(node.func).rsplit(".", 1)[-1]
    first = node.args[0]
    if first.star or name not in _RUNNERS | _SHELLS:
        return
    given = {each.keyword.value: module.code(each.value) for each in node.args if each.keyword is not None}
    frozen = _why_frozen(module, node, name, given, answers_read=answers_read)
    text, words = first.value, _words(module, node, first.value, named)
    if isinstance(text, cst.Call) and imports.dotted_name(text.func) == "shlex.split" and len(text.args) == 1:
        text = text.args[0].value
    elif name in _RUNNERS and given.get("shell") != "True":
        if words is not None and not frozen:
            frozen = _frozen_list(module, words)
        chars = _list(module, words) if words is not None else None
        if chars is not None and words is not None:
            yield region("shell", chars, _encoder(_quoted_words(module, words)[-1][0]), frozen=frozen)
        return
    if isinstance(text, (cst.SimpleString, cst.FormattedString)) and "b" not in text.prefix.lower():
        yield region("shell", _text(module, text), _encoder(text), frozen=frozen)


def _why_frozen(
    module: Module, node: cst.Call, name: str, given: dict[str, str], *, answers_read: bool
) -> str:
    if "cwd" in given:
        return "the command may run in another folder"
    alone = isinstance(module.parents.get(node), cst.Expr)
    captured = name in _CAPTURING or not alone or bool({"stdout", "capture_output"} & given.keys())
    if captured and answers_read:
        return "moved keys may be read from the command's output"
    return ""


def _words(
    module: Module, call: cst.Call, node: cst.BaseExpression, named: dict[str, list[cst.CSTNode]]
) -> cst.List | cst.Tuple | None:
    """The list that is run: here, or in a variable that is used for nothing else."""
    if isinstance(node, cst.Name):
        scope = module.enclosing(call, (cst.FunctionDef,)) or module.tree
        places = sorted(named[node.value], key=module.span)
        if len(places) != 2 or not all(_within(module, each, scope) for each in places):
            return None
        assignment = module.enclosing(places[0], (cst.Assign,))
        value = assignment.value if isinstance(assignment, cst.Assign) else None
        target = assignment.targets[0].target if isinstance(assignment, cst.Assign) else None
        node = value if value is not None and target is places[0] else node
    return node if isinstance(node, (cst.List, cst.Tuple)) and node.elements else None


def _within(module: Module, node: cst.CSTNode, scope: cst.CSTNode) -> bool:
    return scope is module.tree or module.enclosing(node, (cst.FunctionDef,)) is scope


def _frozen_list(module: Module, words: cst.List | cst.Tuple) -> str:
    quoted = [node for nodes in _quoted_words(module, words) for node in nodes]
    if any(len({_quotes(node) for node in nodes}) > 1 for nodes in _quoted_words(module, words)):
        return "its words are quoted in several ways"
    if any(_quotes(node)[0] for node in quoted):
        return "its words are quoted in a way of their own"
    if any(isinstance(each, cst.Comment) for each in _below(module, words)):
        return "comments stand between its words"
    return ""


def _quoted_words(module: Module, words: cst.List | cst.Tuple) -> list[list[cst.BaseExpression]]:
    """The words that are strings: the plain ones, and (last, if there are any) those that hold JSON."""
    texts = [each.value for each in words.elements if _is_text(each.value)]
    groups = [[node for node in texts if ("{" in module.code(node)) is held] for held in (False, True)]
    return [group for group in groups if group] or [[words.elements[0].value]]


def _below(module: Module, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    for child in module.children.get(node, ()):
        yield child
        yield from _below(module, child)


def _is_text(node: cst.BaseExpression) -> bool:
    return isinstance(node, (cst.SimpleString, cst.FormattedString))


def _quotes(node: cst.BaseExpression) -> tuple[str, str]:
    if isinstance(node, cst.SimpleString):
        return node.prefix.lower(), node.quote
    if isinstance(node, cst.FormattedString):
        return node.prefix.lower().replace("f", ""), node.start[len(node.prefix) :]
    return "", ""


def _text(module: Module, node: cst.SimpleString | cst.FormattedString) -> list[Char]:
    """The characters of a string; what is put into an f-string stands as a variable of the shell."""
    if isinstance(node, cst.SimpleString):
        return _literal(strings.literal_text(module, node).pieces[0].literal)
    chars: list[Char] = []
    for part in node.parts:
        start, end = module.span(part)
        if isinstance(part, cst.FormattedStringText):
            pieces = strings.format_text(module, part, "r" in node.prefix.lower()).pieces
            chars += _literal(pieces[0].literal) if pieces else []
        elif isinstance(part, cst.FormattedStringExpression):
            chars += [(char, start, end) for char in _variable(module.code(part.expression))]
    return chars


def _literal(literal: Literal | None) -> list[Char]:
    if literal is None:
        return []
    return [
        (char, literal.offsets[index], literal.offsets[index + 1]) for index, char in enumerate(literal.text)
    ]


def _variable(code: str) -> str:
    return f"${{{re.sub(r'[^A-Za-z0-9]+', '_', code).strip('_') or 'value'}}}"


def _list(module: Module, words: cst.List | cst.Tuple) -> list[Char] | None:
    """The words as a command line; None where a word can't be written there."""
    chars: list[Char] = []
    for element in words.elements:
        if isinstance(element, cst.StarredElement):
            return None
        start, end = module.outer_span(element.value)
        word = _word(module, element.value, start, end)
        if word is None:
            return None
        if chars:
            chars.append((" ", chars[-1][2], word[0][1]))
        chars += word
    return chars


def _word(module: Module, node: cst.BaseExpression, start: int, end: int) -> list[Char] | None:
    if not isinstance(node, (cst.SimpleString, cst.FormattedString)):
        return [(char, start, end) for char in f'"{_variable(module.code(node))}"']
    chars = _text(module, node)
    text = "".join(char for char, *_ in chars)
    if _PLAIN.fullmatch(text):
        return chars
    if isinstance(node, cst.FormattedString):
        quote = '"' if not re.search(r"[\"`\\!]", text) else ""
    else:
        quote = "'" if "'" not in text else ""
    if not quote:
        return None
    first, last = (chars[0][1], chars[-1][2]) if chars else (end, end)
    return [(quote, start, first), *chars, (quote, last, end)]


def _encoder(node: cst.BaseExpression) -> Callable[[str], str]:
    """Writes text inside of the string's quotes."""
    prefix, quote = _quotes(node)
    doubled = isinstance(node, cst.FormattedString)

    def encode(new: str) -> str:
        if "r" in prefix and (quote in new or new.endswith((quote[0], "\\"))):
            raise Unwritable("the new text can't be written in a raw string")
        if "r" not in prefix:
            new = new.replace("\\", "\\\\")
            harmless = len(quote) == 3 and quote not in new and not new.endswith(quote[0])
            new = new if harmless else new.replace(quote[0], "\\" + quote[0])
        if "\n" in new and len(quote) == 1:
            raise Unwritable("the new text has several lines")
        return new.replace("{", "{{").replace("}", "}}") if doubled else new

    return encode
