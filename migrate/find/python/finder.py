"""One file from its text to its findings."""

from __future__ import annotations

from dataclasses import replace

import libcst as cst

from migrate.embed import find_in, merge
from migrate.find.python import (
    answers,
    classes,
    commands,
    expectations,
    prose,
    relevance,
    statements,
    uses,
    writes,
)
from migrate.find.python.engine import Engine, TooLargeError
from migrate.find.python.module import Module, UnreadableError, deeply, parse
from migrate.find.python.state import Frame, State
from migrate.find.python.values import Class, Function
from migrate.find.text import names_in
from migrate.model import Findings
from migrate.project import Project
from migrate.source import Source

LANGUAGE = "python"


def find(source: Source, project: Project) -> Findings:
    """All uses, dismissals and request models of one Python file, which is parsed and evaluated."""
    try:
        return deeply(lambda: _find(source, project))
    except UnreadableError as error:
        return names_in(source, LANGUAGE, str(error), "unreadable", first=error.first)
    except (RecursionError, TooLargeError):
        return names_in(source, LANGUAGE, "it is too large or too deeply nested to be followed", "unreadable")


def _find(source: Source, project: Project) -> Findings:
    module = parse(source)
    engine = evaluated(module, project)
    found = uses.of(engine, module)
    shells = commands.regions(module, answers_read=bool(answers.loose_names(engine, module)))
    explained = [(each.outer_start(0), each.outer_end(len(each.text))) for each in shells]
    both = merge(found, find_in(source, project, shells))
    both = replace(both, uses=writes.settled(engine, both.uses))
    done = prose.complete(engine, module, both, explained)
    tests = expectations.tests_of(engine, module, found)
    return replace(done, follow=tuple(dict.fromkeys((*done.follow, *tests))))


def evaluated(module: Module, project: Project) -> Engine:
    """Run the file's top level, then each of its functions as it may be called from anywhere."""
    engine = Engine(project)
    engine.modules[module.path] = module
    statements.run_module(engine, module)
    start = State([Frame(module, module.tree)])
    for node in list(module.nodes(cst.FunctionDef)):
        if isinstance(node, cst.FunctionDef) and relevance.is_followed(engine, start, module, node, []):
            _enter(engine, module, node)
    return engine


def _enter(engine: Engine, module: Module, node: cst.FunctionDef) -> None:
    around = module.enclosing(node, (cst.FunctionDef, cst.ClassDef, cst.Lambda))
    state = State([Frame(module, module.tree)])
    if around is None:
        statements.run_entry(engine, state, Function(module, node))
    elif isinstance(around, cst.ClassDef) and module.enclosing(around, (cst.FunctionDef,)) is None:
        if node.name.value == "__init__":
            classes.self_instance(engine, state, Class(module, around))
            return
        owner = None
        if not classes.has_decorator(node, "staticmethod"):
            owner = (
                Class(module, around)
                if classes.has_decorator(node, "classmethod")
                else classes.self_instance(engine, state, Class(module, around))
            )
        statements.run_entry(engine, state, Function(module, node, owner))
