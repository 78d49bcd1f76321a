"""What calls of the standard library and of a few well-known packages give."""

from __future__ import annotations

import re

import libcst as cst

from migrate.find.python import classes, collisions, dicts, expressions, files, strings
from migrate.find.python.arguments import Arguments
from migrate.find.python.engine import Engine
from migrate.find.python.state import State
from migrate.find.python.values import (
    NESTED,
    Answer,
    Choice,
    Class,
    Const,
    Dumped,
    Entry,
    Imported,
    Instance,
    Made,
    Method,
    Origin,
    Partial,
    Ref,
    Sent,
    Seq,
    Shape,
    Text,
    Unknown,
    Value,
    choice,
    each_of,
)

_DUMPS = ("json.dumps", "orjson.dumps", "ujson.dumps", "simplejson.dumps", "msgspec.json.encode")
_LOADS = ("json.loads", "orjson.loads", "ujson.loads", "simplejson.loads", "json.load")
_DISTINCT = ("set", "frozenset", "dict.fromkeys", "collections.Counter")
_SAFE_YAML = ("yaml.safe_load", "yaml.load", "yaml.full_load")
_PLAIN_TYPES = frozenset(
    (
        "str",
        "int",
        "float",
        "bool",
        "dict",
        "list",
        "None",
        "Any",
        "Optional",
        "Union",
        "Dict",
        "List",
        "Literal",
        "typing",
    )
)
_AS_DICT = ("dataclasses.asdict", "attr.asdict", "attrs.asdict", "vars")


def call(engine: Engine, state: State, node: cst.Call, callee: Value, given: Arguments) -> Value | None:
    """The value of a call of something imported or built in; None where it is nothing known."""
    if isinstance(callee, Method) and isinstance(callee.base, Made):
        return files.method(engine, state, node, callee.base, callee.name)
    if isinstance(callee, Unknown) and callee.name == "url_for" and given.positional:
        path = given.positional[0][0]
        if isinstance(path, Text) and path.model.startswith("/"):
            return strings.join([strings.hole(callee.label), path])
    if isinstance(callee, Unknown) and isinstance(callee.base, Instance):
        return _model_method(engine, state, node, callee.base, callee.name, given)
    if not isinstance(callee, Imported):
        return None
    first = given.positional[0] if given.positional else None
    name = callee.dotted
    if name in ("dict", "collections.OrderedDict"):
        return dicts.call_dict(engine, state, node, given.positional, given.named, given.stars)
    if name == "getattr" and len(given.positional) > 1 and dicts.text_of(given.positional[1][0]):
        return expressions.attribute(
            engine, state, given.positional[0][0], dicts.text_of(given.positional[1][0]) or "", node
        )
    if name in ("functools.partial", "functools.partialmethod") and first:
        named = tuple((key, value, expr) for key, value, _, expr in (*given.named, *given.spread))
        return Partial(first[0], tuple(given.positional[1:]), named, node)
    if first is None:
        return None
    if name in _DISTINCT and isinstance(first[0], Seq):
        collisions.note_all(engine, state, first[0].items, node)
    if isinstance(first[0], Sent) and name in (*_LOADS, "str", "bytes"):
        return first[0]
    return _of_one(engine, state, node, name, first, given)


def _of_one(
    engine: Engine,
    state: State,
    node: cst.Call,
    name: str,
    first: tuple[Value, cst.BaseExpression],
    given: Arguments,
) -> Value | None:
    value, expression = first
    if name in _DUMPS and _encodes_itself(given):
        return Unknown(state.module.code(node), why="an encoder of the project writes it")
    if name in _DUMPS:
        return choice(*(each if isinstance(each, Answer) else Dumped(each) for each in each_of(value)))
    if name in _LOADS or name in _SAFE_YAML:
        return _loaded(engine, state, node, name, value, given)
    if name in _AS_DICT and isinstance(value, Instance):
        return fields_dict(engine, state, node, value, expression)
    if name in ("copy.copy", "copy.deepcopy") and isinstance(value, Ref):
        return dicts.copy(engine, state, value, node, expression)
    if name in ("urllib.parse.urljoin", "urlparse.urljoin"):
        return _urljoin(state, node, given)
    if name in ("str", "yarl.URL", "httpx.URL", "bytes", "io.BytesIO", "io.StringIO"):
        passes = isinstance(value, (Text, Dumped, Choice, Answer))
        return value if passes else strings.hole(state.module.code(expression))
    if name in ("list", "tuple") and isinstance(value, Seq):
        return value
    if name in ("typing.cast", "cast") and len(given.positional) > 1:
        return given.positional[1][0]
    if name in ("asyncio.run", "asyncio.wait_for", "asyncio.create_task", "asyncio.ensure_future"):
        return value
    if name in ("types.MappingProxyType", "MappingProxyType"):
        return value
    return _path(name, value, given)


def _encodes_itself(given: Arguments) -> bool:
    """Whether an encoder of the project gets the whole value (``default`` gets only what JSON has not)."""
    encoder = given.get("cls")
    return encoder is not None and any(
        isinstance(each, Class)
        and any(
            isinstance(part, cst.FunctionDef) and part.name.value in ("encode", "iterencode")
            for part in each.node.body.body
        )
        for each in each_of(encoder[0])
    )


def _path(name: str, value: Value, given: Arguments) -> Value | None:
    """Paths of files: ``open``, ``pathlib.Path``, ``os.path``."""
    if name in ("os.path.abspath", "os.path.realpath", "os.fspath"):
        return value if isinstance(value, (Made, Unknown, Text)) else None
    if name == "os.path.dirname":
        return files.parent_of(value if isinstance(value, Made) else Made("pathlib.Path", {"0": value}))
    if name == "os.path.join":
        return Made("pathlib.Path", {str(index): each for index, (each, _) in enumerate(given.positional)})
    if name in ("open", "pathlib.Path", "pathlib.PurePath", "pathlib.PurePosixPath", "io.open"):
        return Made(name, {"0": value, **{str(i): each for i, (each, _) in enumerate(given.positional)}})
    return None


def _loaded(
    engine: Engine, state: State, node: cst.Call, name: str, value: Value, given: Arguments
) -> Value | None:
    if isinstance(value, Dumped):
        return value.value
    if isinstance(value, Answer):
        if given.get("object_hook", "object_pairs_hook", "cls"):
            dicts.answer_escape(
                engine, state, value, node, "it is loaded into objects", consumed=True, text=True
            )
            return None
        return Answer(value.site, True, value.path)
    syntax = "yaml" if name in _SAFE_YAML else "json"
    if isinstance(value, Made):
        return files.loaded(engine, state, node, value, syntax)
    if isinstance(value, Text) and value.known is not None:
        return files.from_text(engine, state, node, value, syntax)
    return None


def _urljoin(state: State, node: cst.Call, given: Arguments) -> Value:
    base, relative = given.at(0, "base"), given.at(1, "url")
    if base is None or relative is None:
        return Unknown(state.module.code(node))
    results: list[Value] = []
    for one in each_of(base[0]):
        for other in each_of(relative[0]):
            joined = strings.url_join(
                strings.as_text(one, state.module.code(base[1])),
                strings.as_text(other, state.module.code(relative[1])),
            )
            results.append(joined or Unknown(state.module.code(node)))
    return choice(*results)


def _model_method(
    engine: Engine, state: State, node: cst.Call, base: Instance, name: str, given: Arguments
) -> Value | None:
    if name in ("model_dump", "dict", "_asdict", "to_dict", "asdict") and isinstance(
        node.func, cst.Attribute
    ):
        names = {key for key, *_ in given.named}
        if names - {"mode"}:
            return Unknown(
                state.module.code(node), why=f"`{name}` with {', '.join(sorted(names))} depends on the values"
            )
        return fields_dict(engine, state, node, base, node.func.value)
    if name in ("model_dump_json", "json") and isinstance(node.func, cst.Attribute) and not given.named:
        return Dumped(fields_dict(engine, state, node, base, node.func.value))
    return None


def fields_dict(
    engine: Engine, state: State, node: cst.Call, instance: Instance, expression: cst.BaseExpression
) -> Value:
    """The dict of a dataclass's or a model's fields."""
    record = engine.record_of(state, instance.id)
    fields = classes.fields_of(engine, record.made_from)
    if fields is None:
        return Unknown(state.module.code(node), why="the object's fields are not known")
    allocation = engine.allocation(state.module, node, "fields", shared=False)
    entries: dict[str, Entry] = {}
    for name, statement, module in fields:
        value = record.attributes.get(name, Unknown(f"{state.module.code(expression)}.{name}"))
        if not isinstance(value, (Const, Text)) and not _is_plain(
            module.code(statement.annotation.annotation)
        ):
            value = Unknown(strings.describe(value), why=NESTED)
        entries[name] = Entry(value, Origin("field", state.module, node, allocation))
    return dicts.created(engine, state, allocation, (Shape(entries),), [])


def _is_plain(annotation: str) -> bool:
    """Whether a field of this type needs no translation of its own."""
    return set(re.findall(r"[A-Za-z_]\w*", annotation)) <= _PLAIN_TYPES


def text_method(
    engine: Engine, state: State, node: cst.Call, base: Text, name: str, given: Arguments
) -> Value:
    """A method of a string whose parts are known."""
    code = state.module.code
    if name == "format":
        names = [key for key, *_ in (*given.named, *given.spread)]
        parts = [strings.variants(value, code(expr)) for value, expr in given.positional]
        parts += [strings.variants(value, code(expr)) for _, value, _, expr in (*given.named, *given.spread)]
        count = len(given.positional)
        return choice(
            *(
                strings.format_fields(base, list(each[:count]), dict(zip(names, each[count:], strict=True)))
                for each in strings.combined(parts)
            )
        )
    if name == "join" and given.positional:
        items = given.positional[0][0]
        if isinstance(items, Seq):
            separator = Text(tuple(strings.plain(base.known or "")))
            forms = strings.combined([strings.variants(each, "…") for each in items.items])
            return choice(*(strings.join(list(each), separator) for each in forms))
        return strings.hole(code(node))
    if name in ("strip", "rstrip", "lstrip"):
        chars = dicts.text_of(given.positional[0][0]) if given.positional else None
        return strings.stripped(base, chars, left=name != "rstrip", right=name != "lstrip")
    if name in ("encode", "decode"):
        return base
    if name in ("upper", "lower") and base.known is not None:
        changed = base.known.upper() if name == "upper" else base.known.lower()
        return base if changed == base.known else Text(tuple(strings.plain(changed)))
    if name == "replace" and len(given.positional) == 2:
        return _replaced(base, given) or strings.hole(code(node))
    if name == "removesuffix" and given.positional:
        suffix = dicts.text_of(given.positional[0][0])
        return strings.without_suffix(base, suffix) if suffix else strings.hole(code(node))
    del engine
    return Unknown(code(node))


def _replaced(base: Text, given: Arguments) -> Text | None:
    old = dicts.text_of(given.positional[0][0])
    new, expression = given.positional[1]
    if not old:
        return None
    parts: list[Text] = []
    model, position = base.model, 0
    while (found := model.find(old, position)) >= 0:
        parts.append(strings.cut(base, position, found))
        parts.append(strings.as_text(new, str(getattr(expression, "value", "…"))))
        position = found + len(old)
    parts.append(strings.cut(base, position, len(model)))
    return strings.join(parts)
