"""Which functions can matter at all: the others are not evaluated, which keeps large files fast."""

from __future__ import annotations

import re

import libcst as cst

from migrate import contract
from migrate.find.python.engine import Engine
from migrate.find.python.module import Module
from migrate.find.python.state import State
from migrate.find.python.values import Answer, Choice, Dumped, Ref, Seq, Text, Value

_WORDS = re.compile(
    r"(?<![a-z])(?:put|post|patch)(?![a-z])|request|urlopen|http|fetch|jobs?\b|"
    + "|".join((*contract.MOVED_KEYS, *contract.JOB_TYPES)),
    re.IGNORECASE,
)
_CALLED = re.compile(r"(\w+)\s*\(")
_BOUND = re.compile(r"^[ \t]*(\w+)\s*(?::[^=\n]+)?=", re.MULTILINE)


def functions_of(module: Module) -> frozenset[cst.CSTNode]:
    """Functions that send requests, hold moved keys or names of the endpoint, or call such functions."""
    functions = [node for node in module.nodes(cst.FunctionDef) if isinstance(node, cst.FunctionDef)]
    texts = {node: module.code(node) for node in functions}
    names = {node: node.name.value for node in functions}
    shared = _shared_names(module)
    found = {
        node
        for node, text in texts.items()
        if _WORDS.search(text) or (shared and not shared.isdisjoint(re.findall(r"\w+", text)))
    }
    while True:
        known = {names[node] for node in found}
        more = {
            node
            for node, text in texts.items()
            if node not in found and not known.isdisjoint(_CALLED.findall(text))
        }
        if not more:
            return frozenset(found)
        found |= more


def _shared_names(module: Module) -> frozenset[str]:
    """Names of the module or of classes that are bound to something with such words."""
    found: set[str] = set()
    for node in (*module.nodes(cst.Assign), *module.nodes(cst.AnnAssign)):
        if module.enclosing(node, (cst.FunctionDef,)) is None and _WORDS.search(module.code(node)):
            found |= set(_BOUND.findall(module.code(node)))
    return frozenset(found)


def is_followed(engine: Engine, state: State, module: Module, node: cst.CSTNode, given: list[Value]) -> bool:
    """Whether a call of a function is evaluated: it can matter, or it is given something that does."""
    if isinstance(node, cst.Lambda):
        return True
    if module.path not in engine.relevant:
        engine.relevant[module.path] = functions_of(module)
    return node in engine.relevant[module.path] or any(_matters(engine, state, value) for value in given)


def _matters(engine: Engine, state: State, value: Value) -> bool:
    if isinstance(value, (Answer, Dumped)):
        return True
    if isinstance(value, Ref):
        return any(shape.entries for shape in engine.dict_of(state, value.id).shapes)
    if isinstance(value, Text):
        return "jobs" in value.model
    if isinstance(value, Choice):
        return any(_matters(engine, state, each) for each in value.values)
    return isinstance(value, Seq) and any(_matters(engine, state, each) for each in value.items)
