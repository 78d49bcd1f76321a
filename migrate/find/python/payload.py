"""From what the program does with a payload to the edits that move its keys.

A dict that carries moved keys is *converted*: the place where it is made, every statement that
changes it, and every dict that it goes into are edited together. Whatever else sees it blocks
the conversion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import libcst as cst

from migrate import contract
from migrate.find.python import edits
from migrate.find.python.edits import Change, Item, Style
from migrate.find.python.engine import Engine, Operation, Part
from migrate.find.python.module import Module
from migrate.find.python.state import State
from migrate.find.python.values import Allocation, Const, Dumped, Ref, Seq, Shape, Text, Value, each_of
from migrate.source import Source


class BlockedError(ValueError):
    """Something that can't be converted. The message completes "its payload can't be rewritten: …".

    subject: what can't be rewritten.
    """

    def __init__(self, message: str, subject: str = "its payload") -> None:
        super().__init__(message)
        self.subject = subject


@dataclass
class Conversion:
    """The edits of one payload. changes: by file; sites: numbers of the requests that send it."""

    changes: dict[str, list[Change]] = field(default_factory=dict)
    sites: set[int] = field(default_factory=set)
    replaced: dict[str, list[Change]] = field(default_factory=dict)

    def add(self, path: str, changes: Iterable[Change]) -> None:
        """Add changes to a file, each once, but for those that better ones have replaced."""
        known = self.changes.setdefault(path, [])
        gone = self.replaced.get(path, [])
        known += [each for each in changes if each not in known and each not in gone]


ALWAYS, MAYBE, NEVER = "always", "maybe", "never"


@dataclass(eq=False)
class Planner:
    """Plans conversions for one job type's moved keys.

    elsewhere: tells whether a name is used in other files of the project (the file's path, or None).
    """

    engine: Engine
    operation: contract.Operation
    elsewhere: Callable[[Module, str], str | None]

    @property
    def keys(self) -> frozenset[str]:
        """The moved keys."""
        return frozenset(self.operation.moved_keys)

    def is_deep(self, key: str) -> bool:
        """Whether the key moves below ``settings.cron``."""
        move = self.operation.move(key)
        return move is not None and len(move.path) > 2

    def path(self, key: str) -> tuple[str, ...]:
        """The names below which the key moves."""
        move = self.operation.move(key)
        return move.path[:-1] if move is not None else ()

    def carries(self, shapes: Iterable[Shape]) -> str:
        """Whether dicts of these shapes have settings once they are converted."""
        flags = [bool((self.keys | {contract.SETTINGS}) & shape.entries.keys()) for shape in shapes]
        if not any(flags):
            return NEVER
        return ALWAYS if all(flags) else MAYBE

    def has_moved(self, shapes: Iterable[Shape]) -> bool:
        """Whether any of the shapes has a moved key at its top."""
        return any(self.keys & shape.entries.keys() for shape in shapes)

    def convert(self, state: State, value: Value) -> Conversion:
        """The conversion of a payload. Raises BlockedError."""
        result = Conversion()
        if self.engine.reflection:
            raise BlockedError(f"the code changes names by `{self.engine.reflection}`")
        for allocation in self.closure(top_allocations(self.engine, state, value)):
            for operation in list(self.engine.operations.get(allocation, {}).values()):
                _HANDLERS[operation.kind](self, result, allocation, operation)
        return result

    def convert_reply(self, state: State, value: Value) -> Conversion:
        """The conversion of a reply: of the dict in its ``data``. Raises BlockedError."""
        if isinstance(value, Dumped):
            return self.convert_reply(state, value.value)
        result = Conversion()
        if isinstance(value, Text) and value.known is not None:
            return self._convert_reply_text(value, result)
        if not isinstance(value, Ref):
            raise BlockedError("the reply is not known here")
        for shape in self.engine.dict_of(state, value.id).shapes:
            if shape.unknown:
                raise BlockedError(shape.unknown)
            inner = shape.entries.get(contract.RESPONSE_ENVELOPE)
            if inner is None:
                continue
            for each in each_of(inner.value):
                if not isinstance(each, (Ref, Seq, Const)):
                    raise BlockedError(f"the `{contract.RESPONSE_ENVELOPE}` of the reply is not known here")
            for path, changes in self.convert(state, inner.value).changes.items():
                result.add(path, changes)
        return result

    def _convert_reply_text(self, value: Text, result: Conversion) -> Conversion:
        from migrate import structured

        text = value.known or ""
        if not any(key in text for key in self.keys):
            return result
        try:
            changes = structured.move_edits(text, "json", self.operation, (contract.RESPONSE_ENVELOPE,))
        except ValueError as error:
            raise BlockedError(str(error)) from error
        _splice(result, value, changes)
        return result

    def closure(self, start: Iterable[Allocation]) -> list[Allocation]:
        """All dicts that change their form together with the given ones."""
        found: list[Allocation] = []
        waiting = list(start)
        while waiting:
            allocation = waiting.pop()
            if allocation in found:
                continue
            found.append(allocation)
            for operation in self.engine.operations.get(allocation, {}).values():
                for parts in operation.variants:
                    for part in parts:
                        if self.has_moved(part.shapes):
                            waiting += part.sources
                if operation.kind == "derive" and self.has_moved(operation.shapes):
                    waiting += operation.other
        return found


def top_allocations(engine: Engine, state: State, value: Value) -> list[Allocation]:
    """Where the dicts that a payload may be were made."""
    found: list[Allocation] = []
    for each in each_of(value):
        if isinstance(each, Dumped):
            found += top_allocations(engine, state, each.value)
        elif isinstance(each, Ref):
            found.append(engine.dict_of(state, each.id).allocation)
    return found


def _where(module: Module, node: cst.CSTNode) -> str:
    line, _ = module.source.line_column(module.span(node)[0])
    return f"line {line}"


def _create(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    if allocation.shared:
        _check_name(plan, allocation)
    if allocation.kind in ("json", "file"):
        _text(plan, result, allocation)
    elif allocation.kind == "fields":
        raise BlockedError(
            f"it is made from the fields of an object ({_where(operation.module, operation.node)})"
        )
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
    from migrate import structured

    where, syntax = plan.engine.texts[allocation]
    try:
        if isinstance(where, Source):
            result.add(where.path, structured.move_edits(where.text, syntax, plan.operation))
            return
        text = where.known or ""
        changes = structured.move_edits(text, syntax, plan.operation)
    except ValueError as error:
        raise BlockedError(str(error)) from error
    _splice(result, where, changes)


def _splice(result: Conversion, where: Text, changes: list[Change]) -> None:
    if len(where.pieces) != 1 or where.pieces[0].literal is None:
        raise BlockedError("its JSON text is put together from several literals")
    literal = where.pieces[0].literal
    base = where.pieces[0].start
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
                f"it takes moved keys from two places ({_where(operation.module, operation.node)})"
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
            passed = passed or _acts(part.value)
        elif passed and _acts(part.value):
            raise BlockedError(
                f"moving `{part.key}` would change the order in which calls are made ({_where(module, part.node)})"
            )


def _acts(node: cst.CSTNode) -> bool:
    """Whether evaluating an expression may do something."""
    if isinstance(node, (cst.Call, cst.Await, cst.NamedExpr, cst.Yield)):
        return True
    return any(_acts(child) for child in node.children)


def _before(
    plan: Planner, operation: Operation, parts: tuple[Part, ...], spreads: list[Part], moved: list[Part]
) -> str:
    """What a new ``settings`` must take over from a mapping that is spread before it."""
    if not spreads:
        return ""
    if len(spreads) > 1 or parts.index(spreads[0]) > parts.index(moved[0]):
        raise BlockedError(
            f"it takes moved keys from two places ({_where(operation.module, operation.node)})"
        )
    return taken_over(
        plan, operation.module, spreads[0].value, plan.carries(spreads[0].shapes), operation.node
    )


def taken_over(
    plan: Planner, module: Module, expression: cst.BaseExpression, carries: str, near: cst.CSTNode
) -> str:
    """``**common["settings"],`` for a simple expression."""
    if not is_simple(expression):
        raise BlockedError(f"it takes moved keys from an expression ({_where(module, near)})")
    code = module.code(expression)
    name = f'"{contract.SETTINGS}"'
    del plan
    return f"**{code}[{name}]," if carries == ALWAYS else f"**{code}.get({name}, {{}}),"


def is_simple(node: cst.BaseExpression) -> bool:
    """Whether evaluating the expression again is harmless: names and attributes."""
    return isinstance(node, cst.Name) or (isinstance(node, cst.Attribute) and is_simple(node.value))


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
    changes = [edits.removal(module, items, parts.index(part)) for part in moved]
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


def _set(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    node, module = operation.node, operation.module
    if operation.key == contract.SETTINGS:
        if plan.has_moved(operation.shapes):
            raise BlockedError(f"`{contract.SETTINGS}` is assigned after moved keys ({_where(module, node)})")
        return
    if operation.key not in plan.keys or not isinstance(node, cst.Subscript):
        return
    _check_shared(allocation, operation)
    _check_one_key(plan, allocation, operation)
    target = operation.target
    if target is None or not is_simple(target):
        raise BlockedError(f"it is changed through an expression ({_where(module, node)})")
    start, end = module.span(node)
    bracket = module.span(node.lbracket)[0]
    index = module.text[bracket:end]
    quote = "'" if "'" in index and '"' not in index else '"'
    names = [f"{quote}{name}{quote}" for name in plan.path(operation.key)]
    carries = plan.carries(operation.shapes)
    if _is_borrowed(plan, allocation, operation.shapes):
        raise BlockedError(
            f"its `{contract.SETTINGS}` would be shared with another dict ({_where(module, node)})"
        )
    if isinstance(module.parents[node], cst.AugAssign):
        return  # it is read at the same place, which is edited for that
    statement = module.parents[module.parents[node]] if carries == NEVER and len(names) == 1 else None
    if isinstance(statement, cst.Assign) and len(statement.targets) == 1:
        first, last = module.outer_span(statement.value)
        opening = f"{{{index[1:-1].strip()}: "
        result.add(module.path, [(bracket, end, f"[{names[0]}]"), (first, first, opening), (last, last, "}")])
        return
    steps = f"[{names[0]}]" if carries == ALWAYS else f".setdefault({names[0]}, {{}})"
    steps += "".join(f".setdefault({name}, {{}})" for name in names[1:])
    result.add(module.path, [(start, bracket, module.text[start:bracket] + steps)])


def _check_one_key(plan: Planner, allocation: Allocation, operation: Operation) -> None:
    """The key at a place must be the same whenever the place is reached."""
    others = plan.engine.operations.get(allocation, {}).values()
    keys = {each.key for each in others if each.node is operation.node}
    if len(keys) > 1:
        raise BlockedError(f"a key of it is computed ({_where(operation.module, operation.node)})")


def _is_borrowed(plan: Planner, allocation: Allocation, shapes: tuple[Shape, ...]) -> bool:
    """Whether the settings of the converted dict come from another dict by a shallow copy."""
    return any(
        entry.origin.allocation is not allocation
        for shape in shapes
        for key, entry in shape.entries.items()
        if key in plan.keys or key == contract.SETTINGS
    )


def _check_shared(allocation: Allocation, operation: Operation) -> None:
    if allocation.shared and not operation.top_level:
        raise BlockedError(
            f"a dict of the module is changed in a function ({_where(operation.module, operation.node)})"
        )


def _check_depth(plan: Planner, key: str) -> None:
    move = plan.operation.move(key)
    if move is not None and len(move.path) > 2:
        raise BlockedError("keys of a scheduled job move to two levels")


def _read(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    """``d["key"]``, ``d.get("key")``, ``d.pop("key")``, ``del d["key"]``, ``"key" in d``."""
    node, module = operation.node, operation.module
    if not operation.key:
        raise BlockedError(f"a key that is not known is read from it ({_where(module, node)})")
    if operation.key not in plan.keys:
        return
    _check_one_key(plan, allocation, operation)
    target = operation.target
    if target is None:
        raise BlockedError(f"it is read in a way that is not followed ({_where(module, node)})")
    carries = plan.carries(operation.shapes)
    changing = operation.kind in ("pop", "delete")
    if changing:
        _check_depth(plan, operation.key)
        _check_shared(allocation, operation)
        if _is_borrowed(plan, allocation, operation.shapes) or carries != ALWAYS:
            raise BlockedError(f"a moved key is removed from it ({_where(module, node)})")
        if any(
            len((plan.keys | {contract.SETTINGS}) & shape.entries.keys()) < 2 for shape in operation.shapes
        ):
            raise BlockedError(f"a moved key is removed from it ({_where(module, node)})")
    end = module.outer_span(target)[1]
    code = module.code(node)
    quote = "'" if "'" in code and '"' not in code else '"'
    names = [f"{quote}{name}{quote}" for name in plan.path(operation.key)]
    certain = operation.kind == "read" or (carries == ALWAYS and len(names) == 1)
    steps = "".join(f"[{name}]" if certain else f".get({name}, {{}})" for name in names)
    result.add(module.path, [(end, end, steps)])


def _setdefault(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    if operation.key == contract.SETTINGS and plan.has_moved(operation.shapes):
        raise BlockedError(
            f"`{contract.SETTINGS}` is set by default ({_where(operation.module, operation.node)})"
        )
    if operation.key not in plan.keys:
        return
    _check_shared(allocation, operation)
    _check_depth(plan, operation.key)
    if operation.target is None or _is_borrowed(plan, allocation, operation.shapes):
        raise BlockedError(f"its `{contract.SETTINGS}` would be shared with another dict")
    module = operation.module
    end = module.outer_span(operation.target)[1]
    code = module.code(operation.node)
    quote = "'" if "'" in code and '"' not in code else '"'
    name = f"{quote}{contract.SETTINGS}{quote}"
    certain = plan.carries(operation.shapes) == ALWAYS
    result.add(module.path, [(end, end, f"[{name}]" if certain else f".setdefault({name}, {{}})")])


def _update(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    module = operation.module
    for parts in operation.variants:
        moved = [part for part in parts if part.key in plan.keys]
        carrying = [part for part in parts if part.spread and plan.carries(part.shapes) != NEVER]
        settings = [part for part in parts if part.key == contract.SETTINGS]
        if not moved and not carrying and not settings:
            continue
        _check_shared(allocation, operation)
        before = plan.carries(operation.shapes)
        if carrying:
            _update_display(plan, result, operation, carrying, before)
            if moved or settings:
                raise BlockedError(f"it is updated from two places ({_where(module, operation.node)})")
            continue
        if settings and (moved or plan.has_moved(operation.shapes)):
            raise BlockedError(
                f"`{contract.SETTINGS}` is replaced by an update ({_where(module, operation.node)})"
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
            raise BlockedError(f"it is updated from two places ({_where(module, operation.node)})")
        return
    part = carrying[0]
    if len(carrying) > 1 or not isinstance(part.value, cst.Dict) or operation.target is None:
        raise BlockedError(
            f"an update brings moved keys to a dict that has some already ({_where(module, operation.node)})"
        )
    if any(contract.SETTINGS in shape.entries for shape in part.shapes):
        raise BlockedError(
            f"`{contract.SETTINGS}` is replaced by an update ({_where(module, operation.node)})"
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


def _derive(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    """The dict goes into another: that one is part of the conversion."""


def _send(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    if plan.has_moved(operation.shapes):
        result.sites.add(operation.site)


def _escape(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    if plan.has_moved(operation.shapes):
        why = operation.why or "it is used as a whole"
        raise BlockedError(f"{why} ({_where(operation.module, operation.node)})")


def _export(plan: Planner, result: Conversion, allocation: Allocation, operation: Operation) -> None:
    if not plan.has_moved(operation.shapes) or not isinstance(operation.node, cst.FunctionDef):
        return
    name = operation.node.name.value
    other = plan.elsewhere(operation.module, name)
    if other:
        raise BlockedError(f"`{name}` gives it back and is used in {other}, too")


_HANDLERS = {
    "create": _create,
    "set": _set,
    "setdefault": _setdefault,
    "read": _read,
    "get": _read,
    "pop": _read,
    "delete": _read,
    "contains": _read,
    "update": _update,
    "derive": _derive,
    "send": _send,
    "escape": _escape,
    "export": _export,
}
