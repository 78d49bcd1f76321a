"""Edits where dicts are made: displays, ``dict(…)`` calls, merges, copies, updates, JSON texts, fields."""

from __future__ import annotations

import libcst as cst

from migrate import contract, structured
from migrate.find.python import edits, fields
from migrate.find.python.edits import Change, Item, Style
from migrate.find.python.engine import Operation, Part
from migrate.find.python.module import Module
from migrate.find.python.planner import (
    ALWAYS,
    NEVER,
    BlockedError,
    Conversion,
    Planner,
    check_shared,
    is_simple,
    where,
)
from migrate.find.python.values import Allocation, Text
from migrate.source import Source


def create(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    """The place where a dict is made. Raises BlockedError."""
    if allocation.shared:
        _check_name(plan, allocation)
    if allocation.kind in ("json", "file"):
        _text(plan, result, allocation)
    elif allocation.kind == "fields":
        if plan.has_moved(operation.shapes):
            fields.write_out(plan, result, operation)
    elif allocation.kind == "keywords":
        if plan.has_moved(operation.shapes):
            raise BlockedError("its keys are passed as keyword arguments")
    else:
        for parts in operation.variants:
            _parts(plan, result, operation, parts, allocation.kind)


def _check_name(plan: Planner, allocation: Allocation) -> None:
    """A dict of a module or a class may be used in other files."""
    if allocation.kind == "file":
        return
    statement = allocation.module.enclosing(allocation.node, (cst.Assign, cst.AnnAssign))
    target = None
    if isinstance(statement, cst.Assign):
        target = statement.targets[0].target
    elif isinstance(statement, cst.AnnAssign):
        target = statement.target
    if isinstance(target, cst.Name):
        other = plan.elsewhere(allocation.module, target.value)
        if other:
            raise BlockedError(f"`{target.value}` is used in {other}, too")


def _text(plan: Planner, result: Conversion, allocation: Allocation) -> None:
    given, syntax = plan.engine.texts[allocation]
    try:
        if isinstance(given, Source):
            result.add(given.path, structured.move_edits(given.text, syntax, plan.operation))
            return
        text = given.known or ""
        changes = structured.move_edits(text, syntax, plan.operation)
    except ValueError as error:
        raise BlockedError(str(error)) from error
    splice(result, given, changes)


def splice(result: Conversion, text: Text, changes: list[Change]) -> None:
    """Put changes of a JSON text into the literal that holds it. Raises BlockedError."""
    if len(text.pieces) != 1 or text.pieces[0].literal is None:
        raise BlockedError("its JSON text is put together from several literals")
    literal = text.pieces[0].literal
    base = text.pieces[0].start
    node = literal.node
    start, end = literal.module.span(node)
    raw = literal.module.text[start:end]
    for first, last, new in changes:
        if "\\" in new or (
            any(quote in new for quote in ("'", '"') if raw.lstrip("rRbBuU")[:1] == quote)
            and raw.lstrip("rRbBuU")[:3] not in ('"""', "'''")
        ):
            raise BlockedError("its JSON text would need other quotes")
        low, high = literal.offsets[base + first], literal.offsets[base + last]
        result.add(literal.module.path, [(low, high, new)])


def _parts(
    plan: Planner, result: Conversion, operation: Operation, parts: tuple[Part, ...], kind: str
) -> None:
    """Edit a display, a ``dict(…)`` call, a merge or a copy."""
    moved = [part for part in parts if part.key in plan.keys]
    spreads = [part for part in parts if part.spread and plan.carries(part.shapes) != NEVER]
    settings = [part for part in parts if part.key == contract.SETTINGS]
    if not moved:
        if len(spreads) + len(settings) > 1 and any(plan.has_moved(part.shapes) for part in spreads):
            raise BlockedError(
                f"it takes moved keys from two places ({where(operation.module, operation.node)})"
            )
        return
    items = [_item(plan, operation.module, part, part in moved) for part in parts]
    _check_order(operation.module, parts, moved)
    if settings:
        if spreads:
            raise BlockedError(f"`{contract.SETTINGS}` comes from two places")
        result.add(operation.module.path, _into_settings(plan, operation.module, parts, items, settings[-1]))
        return
    between = _before(plan, operation, parts, spreads, moved)
    style = _style(plan, operation.module, moved, kind, between)
    result.add(
        operation.module.path, edits.group(operation.module, items, style, operation.module.source.newline)
    )


def _item(plan: Planner, module: Module, part: Part, moved: bool) -> Item:
    node = part.node
    start, end = module.outer_span(node) if isinstance(node, cst.BaseExpression) else module.span(node)
    return Item(start, end, moved, moved and plan.is_deep(part.key))


def _check_order(module: Module, parts: tuple[Part, ...], moved: list[Part]) -> None:
    """Values with calls must not be evaluated in another order."""
    first = parts.index(moved[0])
    passed = False
    for part in parts[first:]:
        if part not in moved:
            passed = passed or _acts(module, part.value)
        elif passed and _acts(module, part.value):
            raise BlockedError(
                f"moving `{part.key}` would change the order in which calls are made "
                f"({where(module, part.node)})"
            )


def _acts(module: Module, node: cst.CSTNode) -> bool:
    """Whether evaluating an expression may do something."""
    if isinstance(node, (cst.Call, cst.Await, cst.NamedExpr, cst.Yield)):
        return True
    return any(_acts(module, child) for child in module.children[node])


def _before(
    plan: Planner, operation: Operation, parts: tuple[Part, ...], spreads: list[Part], moved: list[Part]
) -> str:
    """What a new ``settings`` must take over from a mapping that is spread before it."""
    if not spreads:
        return ""
    if len(spreads) > 1 or parts.index(spreads[0]) > parts.index(moved[0]):
        raise BlockedError(f"it takes moved keys from two places ({where(operation.module, operation.node)})")
    return taken_over(
        plan, operation.module, spreads[0].value, plan.carries(spreads[0].shapes), operation.node
    )


def taken_over(
    plan: Planner, module: Module, expression: cst.BaseExpression, carries: str, near: cst.CSTNode
) -> str:
    """``**common["settings"],`` for a simple expression."""
    if not is_simple(expression):
        raise BlockedError(f"it takes moved keys from an expression ({where(module, near)})")
    code = module.code(expression)
    name = f'"{contract.SETTINGS}"'
    del plan
    return f"**{code}[{name}]," if carries == ALWAYS else f"**{code}.get({name}, {{}}),"


def _quote(module: Module, moved: list[Part]) -> str:
    node = moved[0].node
    return edits.quote_of(module, node.key) if isinstance(node, cst.DictElement) else '"'


def _style(plan: Planner, module: Module, moved: list[Part], kind: str, between: str) -> Style:
    deep = any(plan.is_deep(part.key) for part in moved)
    if deep and between:
        raise BlockedError("it takes keys of a scheduled job from two places")
    if isinstance(moved[0].node, cst.Arg):
        if between:
            raise BlockedError("it takes moved keys from two places")
        return Style(f"{contract.SETTINGS}=dict(", ")", "", f"{contract.CRON}=dict(")
    quote = _quote(module, moved)
    if between and quote == "'":
        between = between.replace('"', "'")
    del kind
    colon = _colon(module, moved[0].node)
    return Style(
        f"{quote}{contract.SETTINGS}{quote}{colon}{{", "}", between, f"{quote}{contract.CRON}{quote}{colon}{{"
    )


def _colon(module: Module, node: cst.CSTNode) -> str:
    """The author's colon with the white space around it."""
    if isinstance(node, cst.DictElement):
        between = module.text[module.outer_span(node.key)[1] : module.outer_span(node.value)[0]]
        if between.strip() == ":" and not ("\n" in between or "\r" in between):
            return between
    return ": "


def _into_settings(
    plan: Planner, module: Module, parts: tuple[Part, ...], items: list[Item], settings: Part
) -> list[Change]:
    """Move elements into a ``settings`` that is already there."""
    inner = settings.value
    moved = [part for part in parts if part.key in plan.keys]
    if any(plan.is_deep(part.key) for part in moved):
        raise BlockedError(f"it has `{contract.SETTINGS}` already, and keys of a scheduled job beside it")
    changes = edits.removals(module, items)
    if isinstance(inner, cst.Dict):
        present = {_literal_key(each) for each in inner.elements}
        texts = [_as_element(module, part) for part in moved if part.key not in present]
        spans = [Item(*module.span(each), False) for each in inner.elements]
        if texts:
            brace = module.span(inner.rbrace)
            changes.append(edits.insert_into(module, spans, brace, texts, module.source.newline))
        return changes
    if not is_simple(inner):
        raise BlockedError(f"`{contract.SETTINGS}` is not written out")
    start, end = module.outer_span(inner)
    texts = [_as_element(module, part) for part in moved]
    changes.append((start, end, f"{{**{module.code(inner)}, {', '.join(texts)}}}"))
    return changes


def _literal_key(node: cst.BaseDictElement) -> str:
    if isinstance(node, cst.DictElement) and isinstance(node.key, cst.SimpleString):
        value = node.key.evaluated_value
        return value if isinstance(value, str) else ""
    return ""


def _as_element(module: Module, part: Part) -> str:
    start, end = module.outer_span(part.value)
    value = module.text[start:end]
    if isinstance(part.node, cst.DictElement):
        return module.code(part.node)
    return f'"{part.key}": {value}'


def update(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    """``d.update(…)`` and ``d |= …``. Raises BlockedError."""
    module = operation.module
    for parts in operation.variants:
        moved = [part for part in parts if part.key in plan.keys]
        carrying = [part for part in parts if part.spread and plan.carries(part.shapes) != NEVER]
        settings = [part for part in parts if part.key == contract.SETTINGS]
        if not moved and not carrying and not settings:
            continue
        check_shared(allocation, operation)
        before = plan.carries(operation.shapes)
        if carrying:
            _update_display(plan, result, operation, carrying, before)
            if moved or settings:
                raise BlockedError(f"it is updated from two places ({where(module, operation.node)})")
            continue
        if settings and (moved or plan.has_moved(operation.shapes)):
            raise BlockedError(
                f"`{contract.SETTINGS}` is replaced by an update ({where(module, operation.node)})"
            )
        if not moved:
            continue
        taken = ""
        if before != NEVER:
            target = operation.target
            if target is None:
                raise BlockedError("it is updated in a way that is not followed")
            taken = taken_over(plan, module, target, before, operation.node)
        items = [_item(plan, module, part, part in moved) for part in parts]
        if taken and any(item.inner for item in items):
            raise BlockedError("it takes keys of a scheduled job from two places")
        style = Style(f"{contract.SETTINGS}=dict(", ")", taken, f"{contract.CRON}=dict(")
        result.add(module.path, edits.group(module, items, style, module.source.newline))


def _update_display(
    plan: Planner, result: Conversion, operation: Operation, carrying: list[Part], before: str
) -> None:
    """``d.update({…})`` where both may have settings: the display takes over those of the dict."""
    module = operation.module
    if before == NEVER:
        if len(carrying) > 1:
            raise BlockedError(f"it is updated from two places ({where(module, operation.node)})")
        return
    part = carrying[0]
    if len(carrying) > 1 or not isinstance(part.value, cst.Dict) or operation.target is None:
        raise BlockedError(
            f"an update brings moved keys to a dict that has some already ({where(module, operation.node)})"
        )
    if any(contract.SETTINGS in shape.entries for shape in part.shapes):
        raise BlockedError(
            f"`{contract.SETTINGS}` is replaced by an update ({where(module, operation.node)})"
        )
    source = part.sources[0]
    if plan.engine.taken.get(source) not in (None, operation):
        raise BlockedError("an update is reached in two ways")
    taken = taken_over(plan, module, operation.target, before, operation.node)
    plan.engine.taken[source] = operation
    creation = next(each for each in plan.engine.operations[source].values() if each.kind == "create")
    for parts in creation.variants:
        moved = [each for each in parts if each.key in plan.keys]
        items = [_item(plan, module, each, each in moved) for each in parts]
        style = _style(plan, module, moved, "display", taken)
        own = edits.group(module, items, _style(plan, module, moved, "display", ""), module.source.newline)
        known = result.changes.setdefault(module.path, [])
        known[:] = [each for each in known if each not in own]
        result.add(module.path, edits.group(module, items, style, module.source.newline))
        result.replaced[module.path] = [*result.replaced.get(module.path, []), *own]
