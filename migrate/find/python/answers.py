"""Code that reads a moved key from the answer: rewritten with its request, or reported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate import contract
from migrate.find.python import classes, edits, importers
from migrate.find.python.engine import AnswerEscape, AnswerRead, Engine
from migrate.find.python.module import Module
from migrate.find.python.planner import BlockedError, quote_like
from migrate.find.python.values import Class
from migrate.find.text import advice_for_readers
from migrate.model import Action, Use

if TYPE_CHECKING:
    from migrate.find.python.uses import Verdict

_ENVELOPE = (contract.RESPONSE_ENVELOPE,)


def moved_reads(engine: Engine, keys: Sequence[str]) -> list[AnswerRead]:
    """Reads of moved keys from answers."""
    return [read for read in engine.reads.values() if read.key in keys and contract.SETTINGS not in read.path]


def plan(engine: Engine, verdict: Verdict, operation: contract.Operation, rewritten: set[int]) -> None:
    """Add the edits of the reads from a place's answers. Raises BlockedError where a read is shared."""
    check_escapes(engine, verdict)
    by_node: dict[cst.CSTNode, list[AnswerRead]] = {}
    for read in moved_reads(engine, operation.moved_keys):
        by_node.setdefault(read.node, []).append(read)
    for node, reads in by_node.items():
        _check_one_key(engine, node, reads[0])
        if not any(read.site in verdict.numbers for read in reads):
            continue
        if not all(is_proved(read) for read in reads):
            if all(len(read.path) > 1 for read in reads):
                continue
            line, _ = reads[0].module.source.line_column(reads[0].module.span(node)[0])
            raise BlockedError(
                f"`{reads[0].key}` is read from its answer in a way that is not certain (line {line})"
            )
        if any(read.site not in rewritten for read in reads):
            line, _ = reads[0].module.source.line_column(reads[0].module.span(node)[0])
            raise BlockedError(f"`{reads[0].key}` is read from answers of other requests, too (line {line})")
        move = operation.move(reads[0].key)
        if move is not None:
            verdict.add(reads[0].module.path, [_change(reads[0], move)])


def check_escapes(engine: Engine, verdict: Verdict) -> list[AnswerEscape]:
    """Answers of a place that are handed on; those that a person must be told of.

    Raises BlockedError where code evidently depends on the old form.
    """
    told: list[AnswerEscape] = []
    for escape in engine.answer_escapes.values():
        if escape.answer.site not in verdict.numbers:
            continue
        line, _ = escape.module.source.line_column(escape.module.span(escape.node)[0])
        if escape.consumed:
            raise BlockedError(f"its answer is used as a whole: {escape.why} (line {line})")
        _check_loose(engine, verdict, escape)
        if escape.function is None or not _is_followed(engine, escape):
            told.append(escape)
    return told


_HOOKS = re.compile(
    r"\b(?:event_)?hooks\b|\bregister_hook\b|\.mount\(|\.prepare_body\("
    r"|^[ \t]*class [^\n]*(?:Session|Client|Adapter|Transport|AuthBase|Auth)\w*\)"
    r"|\.(?:request|send|put|post|patch)[ \t]*=(?!=)",
    re.MULTILINE,
)


def check_hooks(engine: Engine, verdict: Verdict) -> None:
    """What a client is given to work on every request and answer is not followed. Raises BlockedError."""
    operation = verdict.site.operation
    if operation is None:
        return
    for module in [each for each in engine.modules.values() if each is not None]:
        if module.path not in engine.hooked:
            engine.hooked[module.path] = _HOOKS.search(module.text) is not None
        if not engine.hooked[module.path]:
            continue
        for node, where, key in (*loose_names(engine, module), *_loose_parts(engine, module)):
            if operation.move(key):
                line, _ = where.source.line_column(where.span(node)[0])
                raise BlockedError(
                    f"a hook, an adapter or a client of the project may read or set `{key}` "
                    f"({where.path}, line {line})"
                )


def _loose_parts(engine: Engine, module: Module) -> list[tuple[cst.CSTNode, Module, str]]:
    """Moved keys that are put into a dict of which more is not known: it may be a payload on its way."""
    return [
        (part.node, module, part.key)
        for found in engine.operations.values()
        for operation in found.values()
        if operation.module is module and any(shape.unknown for shape in operation.shapes)
        for part in operation.parts
        if part.key in contract.MOVED_KEYS
    ]


def _check_loose(engine: Engine, verdict: Verdict, escape: AnswerEscape) -> None:
    operation = verdict.site.operation
    for node, module, key in loose_names(engine, verdict.site.module):
        if operation is not None and operation.move(key):
            line, _ = module.source.line_column(module.span(node)[0])
            raise BlockedError(
                f"its answer is handed on ({escape.why}), and `{key}` may be read from it "
                f"({module.path}, line {line})"
            )


def loose_names(engine: Engine, module: Module) -> list[tuple[cst.CSTNode, Module, str]]:
    """Places of a file that name a moved key, and that are neither a payload's nor a followed read's."""
    known: set[int] = {id(read.node) for read in engine.reads.values()}
    known |= {id(each.node) for found in engine.operations.values() for each in found.values()}
    return [
        (node, module, value)
        for node in module.nodes(cst.SimpleString)
        if isinstance(node, cst.SimpleString)
        and isinstance(value := node.evaluated_value, str)
        and value in contract.MOVED_KEYS
        and not _is_accounted(module, node, known)
    ]


def _is_accounted(module: Module, node: cst.CSTNode, known: set[int]) -> bool:
    parent = module.parents.get(node)
    if isinstance(parent, cst.DictElement):
        return parent.key is node
    for _ in range(4):
        if parent is None or id(parent) in known:
            return parent is not None
        parent = module.parents.get(parent)
    return False


def _is_followed(engine: Engine, escape: AnswerEscape) -> bool:
    """Whether the callers of the function are known, and none reads a moved key unseen."""
    function = escape.function
    if function is None or not all(_is_transparent(escape.module, each) for each in function.decorators):
        return False
    users = list(importers.users(engine, escape.module, function.name.value))
    if function not in engine.called and not users:
        return False
    return not any(importers.names_keys(engine, path) for path in users)


_TRANSPARENT = re.compile(r"(?:^|\.)(?:cached_)?property$|^staticmethod$|^classmethod$|cache$|retry|backoff")


def _is_transparent(module: Module, decorator: cst.Decorator) -> bool:
    """Whether a decorator hands the function's result to its callers and to nobody else."""
    node = decorator.decorator
    return _TRANSPARENT.search(module.code(node.func if isinstance(node, cst.Call) else node)) is not None


def _check_one_key(engine: Engine, node: cst.CSTNode, read: AnswerRead) -> None:
    """The key at a place must be the same whenever the place is reached."""
    if len({each.key for each in engine.reads.values() if each.node is node}) > 1:
        line, _ = read.module.source.line_column(read.module.span(node)[0])
        raise BlockedError(f"a key that is read from its answer is computed (line {line})")


def is_proved(read: AnswerRead) -> bool:
    """Whether the read certainly takes the key from the answer's ``data``."""
    return read.exact and read.path == _ENVELOPE


def _change(read: AnswerRead, move: contract.Move) -> edits.Change:
    node, module = read.node, read.module
    target = node.value if isinstance(node, cst.Subscript) else None
    call = node if isinstance(node, cst.Call) else None
    if call is not None and isinstance(call.func, cst.Attribute):
        target = call.func.value
    if target is None:
        raise BlockedError("its answer is read in a way that is not followed")
    end = module.outer_span(target)[1]
    code = module.text[end : module.span(node)[1]]
    quote = quote_like(code)
    names = [f"{quote}{name}{quote}" for name in move.path[:-1]]
    if call is None:
        return end, end, "".join(f"[{name}]" for name in names)
    return end, end, "".join(f".get({name}, {{}})" for name in names)


def unproved(engine: Engine, module: Module, verdicts: Sequence[Verdict]) -> list[Use]:
    """Reviews for reads that may be from an answer whose form changes."""
    ours = [verdict for verdict in verdicts if not verdict.foreign and verdict.site.operation]
    found: dict[cst.CSTNode, Use] = {}
    for verdict in ours:
        operation = verdict.site.operation
        if operation is None:
            continue
        if verdict.rewritten:
            for escape in check_escapes(engine, verdict):
                if escape.module is module and escape.node not in found:
                    found[escape.node] = _handed_on(module, verdict, operation, escape)
        for read in moved_reads(engine, operation.moved_keys):
            if read.module is not module or read.site not in verdict.numbers or read.node in found:
                continue
            if verdict.rewritten and is_proved(read):
                continue
            if verdict.rewritten and read.exact and read.path and read.path[0] == contract.RESPONSE_ENVELOPE:
                continue
            move = operation.move(read.key)
            found[read.node] = module.source.use(
                module.span(read.node),
                kind="response-read",
                language="python",
                action=Action.REVIEW,
                operation=operation.name,
                message=f"Reads `{read.key}` from what {operation.method} …{operation.old_path} answers. "
                "Not rewritten: "
                + (
                    "the request itself is not rewritten."
                    if not verdict.rewritten
                    else "the place of the key is not certain."
                ),
                advice=f"Read {contract.RESPONSE_ENVELOPE}.{move.dotted} once the request is migrated."
                if move
                else "",
                evidence=verdict.pro,
            )
    return list(found.values())


def typed_fields(engine: Engine, module: Module, verdicts: Sequence[Verdict]) -> list[Use]:
    """Reviews for fields of a TypedDict that are named like a moved key."""
    ours = next((each for each in verdicts if each.rewritten and each.site.operation), None)
    operation = ours.site.operation if ours else None
    found: list[Use] = []
    for node in module.nodes(cst.AnnAssign) if operation is not None else ():
        cls = module.enclosing(node, (cst.ClassDef, cst.FunctionDef))
        name = (
            node.target.value if isinstance(node, cst.AnnAssign) and isinstance(node.target, cst.Name) else ""
        )
        move = operation.move(name) if operation is not None else None
        if ours is None or move is None or operation is None or not isinstance(cls, cst.ClassDef):
            continue
        if classes.is_typed_dict(engine, Class(module, cls)):
            found.append(
                module.source.use(
                    module.span(node),
                    kind="definition",
                    language="python",
                    action=Action.REVIEW,
                    operation=operation.name,
                    message=f"Types a payload with `{name}` at its top. Not rewritten: nothing proves what "
                    "else it types.",
                    advice=f"If it types the payload of the migrated request, declare {move.dotted}.",
                    evidence=ours.pro,
                )
            )
    return found


def _handed_on(module: Module, verdict: Verdict, operation: contract.Operation, escape: AnswerEscape) -> Use:
    return module.source.use(
        module.span(escape.node),
        kind="response-read",
        language="python",
        action=Action.REVIEW,
        operation=operation.name,
        message=f"The answer to {operation.method} …{operation.old_path} is handed on: {escape.why}. "
        "Nothing proves who reads what from it.",
        advice=advice_for_readers(operation),
        evidence=verdict.pro,
    )
