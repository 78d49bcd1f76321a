"""What a test expects of a request's body at its old place, and that no edit reaches."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import libcst as cst

from migrate import contract
from migrate.find.python import answers, importers
from migrate.find.python.engine import Engine
from migrate.find.python.module import Module
from migrate.find.python.planner import top_allocations
from migrate.model import Action, Findings, Use

if TYPE_CHECKING:
    from migrate.find.python.uses import Verdict

_SENT_BODY = re.compile(
    r"call_args|mock_calls|\.calls\b|last_request|request_history|\.request\b|\[[\"'](?:json|data|content)[\"']\]"
)
_TESTING = re.compile(r"\b(?:mock|patch|monkeypatch|responses|respx|requests_mock|httpserver|httpx_mock)\b")


def of(engine: Engine, module: Module, verdicts: Sequence[Verdict]) -> list[Use]:
    """Reviews for comparisons with, and reads from, a sent body that name a moved key at its old place."""
    doubles = [verdict for verdict in verdicts if verdict.site.kind == "double" and verdict.rewritten]
    operation = next((each.site.operation for each in doubles), None) or _sent_by_others(engine, module)
    if operation is None or not _TESTING.search(module.text):
        return []
    pro = doubles[0].pro if doubles else ("the code under test sends it",)
    return [*_comparisons(engine, module, doubles, operation, pro), *_reads(engine, module, operation, pro)]


def tests_of(engine: Engine, module: Module, found: Findings) -> list[str]:
    """Paths of test files that use a function which sends a rewritten request, and that name moved keys.

    They need not name the endpoint, and are searched all the same.
    """
    starts = {use.start for use in found.uses if use.action is Action.REWRITE and use.kind != "test-double"}
    names: dict[str, None] = {}
    for node in module.nodes(cst.Call) if starts else ():
        if module.source.byte_at(module.span(node)[0]) in starts:
            function = module.enclosing(node, (cst.FunctionDef,))
            if isinstance(function, cst.FunctionDef):
                names[function.name.value] = None
    return [
        path
        for name in names
        for path in importers.users(engine, module, name)
        if "test" in path.rpartition("/")[2] and importers.names_keys(engine, path)
    ]


def _sent_by_others(engine: Engine, module: Module) -> contract.Operation | None:
    """The deprecated request of another file that this one causes."""
    from migrate.find.python import sites  # noqa: PLC0415 (it needs what needs this module)

    for shot in engine.shots.values():
        if shot.calls[-1][0] is not module and shot.kind != "double":
            for target in sites.targets_of(shot, engine.project.options.target_path):
                if target.operation is not None and contract.PRODUCT in shot.calls[-1][0].text.lower():
                    return target.operation
    return None


def _comparisons(
    engine: Engine,
    module: Module,
    doubles: Sequence[Verdict],
    operation: contract.Operation,
    pro: tuple[str, ...],
) -> list[Use]:
    moved = {
        id(allocation.node)
        for verdict in doubles
        for shot in verdict.site.all_shots
        for value, _ in shot.extra
        for allocation in top_allocations(engine, shot.state, value)
    }
    found: dict[cst.CSTNode, Use] = {}
    for node in module.nodes(cst.DictElement):
        key = node.key if isinstance(node, cst.DictElement) else None
        name = key.evaluated_value if isinstance(key, cst.SimpleString) else None
        display = module.parents.get(node)
        nested = isinstance(module.parents.get(display), cst.DictElement) if display is not None else False
        if not isinstance(name, str) or operation.move(name) is None or nested or id(display) in moved:
            continue
        around = module.enclosing(node, (cst.Comparison, cst.Call, cst.BaseCompoundStatement, cst.Assign))
        asserts = isinstance(around, cst.Call) and "assert" in module.code(around.func)
        if around is not None and around not in found and (asserts or isinstance(around, cst.Comparison)):
            message = (
                f"Expects `{name}` at its old place. Not rewritten: it is not understood what it is compared "
                "with."
            )
            advice = f"If it is compared with a request or an answer, expect it in `{contract.SETTINGS}`."
            found[around] = _use(module, around, operation, message, advice, pro)
    return list(found.values())


def _reads(engine: Engine, module: Module, operation: contract.Operation, pro: tuple[str, ...]) -> list[Use]:
    found: list[Use] = []
    for node, _, key in answers.loose_names(engine, module):
        subscript = module.enclosing(node, (cst.Subscript, cst.Call))
        base = subscript.value if isinstance(subscript, cst.Subscript) else getattr(subscript, "func", None)
        move = operation.move(key)
        if subscript is None or base is None or move is None or not _SENT_BODY.search(module.code(base)):
            continue
        message = (
            f"Reads `{key}` at its old place from what seems to be a body that was sent. "
            "Not rewritten: nothing proves which request it is."
        )
        advice = f"If it is the body of {operation.method} …{operation.old_path}, read {move.dotted}."
        found.append(_use(module, subscript, operation, message, advice, pro))
    return found


def _use(
    module: Module,
    node: cst.CSTNode,
    operation: contract.Operation,
    message: str,
    advice: str,
    pro: tuple[str, ...],
) -> Use:
    return module.source.use(
        module.span(node),
        kind="test-double",
        language="python",
        action=Action.REVIEW,
        operation=operation.name,
        message=message,
        advice=advice,
        evidence=pro,
    )
