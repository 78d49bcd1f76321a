"""Edits that move a body's keys to their new places, where the author wrote them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from migrate import contract
from migrate.find.javascript.layout import Block, Braces, SpanEdit, edit
from migrate.find.javascript.payload import Body, Element, Literal, Statement, UnprovedError, json_value
from migrate.find.javascript.tree import Node, unwrap
from migrate.find.javascript.values import Values, key_of, property_of, value_of

SETTINGS = contract.SETTINGS
CRON = contract.CRON
_NAMED = ("identifier", "member_expression")


class Presence(Enum):
    """Whether a body has ``settings`` at some point of the program."""

    ABSENT = "absent"
    MAYBE = "maybe"
    SURE = "sure"


class Mover:
    """Makes the edits for one operation."""

    def __init__(self, operation: contract.Operation, values: Values) -> None:
        self.operation = operation
        self.values = values

    def edits(self, body: Body) -> list[SpanEdit]:
        """The edits for one body. Raises UnprovedError, contract.Untranslatable."""
        if body.text is not None:
            return self._json(body)
        assert body.literal is not None  # noqa: S101 (a body is a literal or a text)
        found = self.literal(body.literal)
        presence = self.presence(body.literal)
        needs_cron = self.operation.job_type == CRON and not self.operation.has_id
        if needs_cron and not (self._direct(body.literal) or self._always_cron(body.literal)):
            raise UnprovedError(f"`{SETTINGS}.{CRON}` would not always be there", body.literal.node)
        cron = Presence.SURE if needs_cron and self._direct(body.literal) else Presence.MAYBE
        if presence is Presence.ABSENT:
            cron = Presence.ABSENT
        for statement in body.statements:
            edits, presence, cron = self._statement(statement, body, presence, cron)
            found += edits
        return found

    def _json(self, body: Body) -> list[SpanEdit]:
        from migrate import structured  # noqa: PLC0415 (only where a body is JSON text)

        assert body.text is not None  # noqa: S101 (asked by the caller)
        moves = structured.move_edits(body.text.text, "json", self.operation)
        start = body.text.start
        return [SpanEdit(body.text.path, start + first, start + last, new) for first, last, new in moves]

    # ── Literals ─────────────────────────────────────────────────────────────────────────────

    def moved(self, literal: Literal) -> list[Element]:
        """The elements of a literal whose keys move."""
        return [each for each in literal.elements if each.key is not None and self.operation.move(each.key)]

    def relevant(self, literal: Literal) -> bool:
        """Whether a literal, or what is spread into it, has a key that moves, or ``settings``."""
        return any(
            bool(self.moved(each)) or any(element.key == SETTINGS for element in each.elements)
            for each in literal.every()
        )

    def presence(self, literal: Literal) -> Presence:
        """Whether the rewritten literal has ``settings``."""
        if self._direct(literal) or any(element.key == SETTINGS for element in literal.elements):
            return Presence.SURE
        found = Presence.ABSENT
        for element in literal.elements:
            inner = [(conditions, self.presence(each)) for conditions, each in element.inner]
            if any(not conditions and each is Presence.SURE for conditions, each in inner):
                return Presence.SURE
            if any(each is not Presence.ABSENT for _, each in inner):
                found = Presence.MAYBE
        return found

    def _direct(self, literal: Literal) -> bool:
        return bool(self.moved(literal))

    def _always_cron(self, literal: Literal) -> bool:
        inner = [each for element in literal.elements for conditions, each in element.inner if not conditions]
        keys = {element.key for each in (literal, *inner) for element in each.elements}
        return bool(keys & set(contract.CRON_KEYS)) or SETTINGS in keys

    def literal(self, literal: Literal, before: str = "") -> list[SpanEdit]:
        """Edits for a literal and what is spread into it.

        before: an expression whose settings come first, as in ``...body.settings``.
        """
        spreads = [
            element
            for element in literal.elements
            if element.inner and any(self.relevant(inner) for _, inner in element.inner)
        ]
        direct = self.moved(literal)
        settings = next((each for each in literal.elements if each.key == SETTINGS), None)
        found: list[SpanEdit] = []
        if not direct and settings is None and len(spreads) <= 1 and not before:
            for element in spreads:
                for _, inner in element.inner:
                    found += self.literal(inner)
            return found
        if spreads and settings is not None:
            raise UnprovedError(f"`{SETTINGS}` would come from several objects", settings.node)
        if not direct and not spreads:
            return found
        return self._merge(literal, direct, settings, spreads, before)

    def _merge(
        self,
        literal: Literal,
        direct: list[Element],
        settings: Element | None,
        spreads: list[Element],
        before: str,
    ) -> list[SpanEdit]:
        found: list[SpanEdit] = []
        moving = list(direct)
        sources: list[str] = [f"...{before}"] if before else []
        for element in spreads:
            if element.named:
                sources.append(self._named_source(element))
                for _, inner in element.inner:
                    found += self.literal(inner)
            else:
                self._demand_only_moved(element)
                moving.append(element)
        chosen = {each.node for each in moving}
        nodes = [each.node for each in literal.elements if each.node in chosen]
        braces = Braces(literal.node)
        runs = braces.runs(nodes)
        if settings is not None:
            found += self._into(braces, settings, direct)
            for run in runs:
                found += braces.delete(run)
            return found
        named = [each.node for each in spreads if each.named]
        block = self._block(braces, moving, sources, runs)
        if named and (not runs or runs[-1][0].start < named[-1].start):
            raise UnprovedError(
                f"`{named[-1].text}` comes after keys that move, and both would make `{SETTINGS}`", named[-1]
            )
        place = next((run for run in runs if not named or run[0].start > named[-1].start), runs[0])
        found.append(braces.put(place, block))
        for run in runs:
            if run is not place:
                found += braces.delete(run)
        return found

    def _named_source(self, element: Element) -> str:
        expression = unwrap(element.node.first) if element.node.first else element.node
        if expression.kind not in _NAMED or len(element.inner) != 1 or element.inner[0][0]:
            raise UnprovedError(f"`{element.node.text}` brings in keys that move", element.node)
        keys = {each.key for inner in element.inner[0][1].every() for each in inner.elements}
        if keys & set(contract.CRON_KEYS):
            raise UnprovedError(f"`{element.node.text}` brings in keys of `{SETTINGS}.{CRON}`", element.node)
        return f"...{expression.text}.{SETTINGS}"

    def _demand_only_moved(self, element: Element) -> None:
        for _, inner in element.inner:
            for each in inner.elements:
                key = each.key
                if key is None or self.operation.move(key) is None or key in contract.CRON_KEYS:
                    raise UnprovedError(
                        f"`{' '.join(element.node.text.split())[:60]}` brings in keys that move among others",
                        element.node,
                        "Split it into the keys that move and the others.",
                    )

    def _block(
        self,
        braces: Braces,
        moving: Sequence[Element],
        sources: list[str],
        runs: list[list[Node]],
    ) -> Block:
        quote = _quote_of(runs[0][0])
        by_node = {each.node: each for each in moving}
        common: list[str | Block] = [*sources]
        cron: list[str | Block] = []
        for node in (node for run in runs for node in run):
            deep = by_node[node].key in contract.CRON_KEYS
            (cron if deep else common).append(braces.entry(node, 2 if deep else 1))
        needs = self.operation.job_type == CRON and not self.operation.has_id
        if cron or (needs and not sources):
            common.append(Block(f"{quote}{CRON}{quote}", cron))
        return Block(f"{quote}{SETTINGS}{quote}", common)

    def _into(self, braces: Braces, settings: Element, direct: list[Element]) -> list[SpanEdit]:
        """Edits that add the moved elements to ``settings`` that are there already."""
        value = unwrap(settings.value) if settings.value is not None else settings.node
        if value.kind != "object":
            raise UnprovedError(f"`{SETTINGS}` is `{value.text}`, which is made elsewhere", settings.node)
        cron_prop = property_of(value, CRON)
        cron_value = value_of(cron_prop) if cron_prop is not None else None
        common = self._new_entries(braces, direct, value, cron=False)
        cron = self._new_entries(braces, direct, unwrap(cron_value) if cron_value else None, cron=True)
        needs = self.operation.job_type == CRON and not self.operation.has_id
        found: list[SpanEdit] = []
        if cron and cron_value is not None:
            if unwrap(cron_value).kind != "object":
                raise UnprovedError(f"`{SETTINGS}.{CRON}` is made elsewhere", settings.node)
            found.append(Braces(unwrap(cron_value)).append(cron))
        elif cron or (needs and cron_prop is None):
            quote = _quote_of(settings.node)
            common.append(Block(f"{quote}{CRON}{quote}", cron))
        if common:
            found.append(Braces(value).append(common))
        return found

    def _new_entries(
        self, braces: Braces, direct: list[Element], into: Node | None, cron: bool
    ) -> list[str | Block]:
        found: list[str | Block] = []
        for element in direct:
            if (element.key in contract.CRON_KEYS) is not cron:
                continue
            present = property_of(into, element.key or "") if into is not None else None
            if into is not None and any(key_of(each) is None for each in into.parts):
                raise UnprovedError(f"`{SETTINGS}` has keys that are not known", into)
            if present is None:
                found.append(braces.entry(element.node, 1))
            else:
                self._demand_same(element, present)
        return found

    def _demand_same(self, element: Element, present: Node) -> None:
        old, new = element.value, value_of(present)
        if old is None or new is None:
            raise UnprovedError(f"`{element.key}` is there twice", present)
        if not contract.same_value(json_value(old, self.values), json_value(new, self.values)):
            raise UnprovedError(f"`{element.key}` is there twice, with different values", present)

    # ── Statements ───────────────────────────────────────────────────────────────────────────

    def _statement(
        self, statement: Statement, body: Body, presence: Presence, cron: Presence
    ) -> tuple[list[SpanEdit], Presence, Presence]:
        subject = statement.subject.text
        if statement.merged is not None:
            merged = statement.merged
            if not self.relevant(merged):
                return [], presence, cron
            if cron is not Presence.ABSENT and any(
                each.key in contract.CRON_KEYS for each in merged.elements
            ):
                raise UnprovedError(f"`{SETTINGS}.{CRON}` would come from several objects", statement.node)
            before = "" if presence is Presence.ABSENT else f"{subject}.{SETTINGS}"
            return self.literal(merged, before), _after(statement, presence), cron
        move = self.operation.move(statement.key) if not statement.path else None
        if statement.key == SETTINGS and not statement.path and presence is not Presence.ABSENT:
            raise UnprovedError(f"`{SETTINGS}` is set after keys that move into it", statement.node)
        if move is None:
            new_style = SETTINGS in (statement.key, *statement.path)
            return [], _after(statement, presence) if new_style else presence, cron
        edits = list(self._assignment(statement, move, body, presence, cron))
        if len(move.path) > 2:
            cron = _after(statement, cron)
        return edits, _after(statement, presence), cron

    def _assignment(
        self,
        statement: Statement,
        move: contract.Move,
        body: Body,
        presence: Presence,
        cron: Presence,
    ) -> Iterator[SpanEdit]:
        target, value = statement.target, statement.value
        if target is None or value is None or target.first is None:
            raise UnprovedError(f"`{statement.node.text}` changes the body", statement.node)
        subject = target.first
        typed = subject.module.typed
        loose = any("unknown" in each.text for each in body.annotations)
        named = typed and bool(body.annotations) and not loose and "any" not in body.annotations[0].text
        deep = len(move.path) > 2
        if presence is Presence.SURE and (not deep or cron is Presence.SURE):
            sure = "!" if named else ""
            place = f".{SETTINGS}{sure}" + (f".{CRON}{sure}" if deep else "")
            if loose:
                cast = "Record<string, Record<string, unknown>>" if deep else "Record<string, unknown>"
                inner = f"{_guard(statement.node)}({subject.text}.{SETTINGS} as {cast})" + (
                    f".{CRON}" if deep else ""
                )
                yield edit(subject, subject.start, subject.end, inner)
                return
            yield edit(subject, subject.end, subject.end, place)
            return
        current = f"{subject.text}.{SETTINGS}"
        spread = f"...({current} as Record<string, unknown> | undefined), " if loose else f"...{current}, "
        head = "{ " if presence is Presence.ABSENT else "{ " + spread
        tail = " }"
        if deep:
            inner = "" if cron is Presence.ABSENT else f"...{current}?.{CRON}, "
            if loose and inner:
                raise UnprovedError(
                    f"`{statement.node.text}` changes a value of unknown type", statement.node
                )
            head += f"{CRON}: {{ {inner}"
            tail += " }"
        yield edit(target, subject.end, target.end, f".{SETTINGS}")
        yield edit(value, value.start, value.start, f"{head}{move.key}: ")
        yield edit(value, value.end, value.end, tail)


def _guard(assignment: Node) -> str:
    """A semicolon where a statement that begins with a parenthesis would go on the one before it."""
    statement = assignment.parent
    block = statement.parent if statement is not None else None
    if statement is None or block is None or block.kind not in ("program", "statement_block"):
        return ""
    before = [each for each in block.parts if each.end <= statement.start]
    return ";" if before and not before[-1].text.endswith(";") else ""


def _after(statement: Statement, presence: Presence) -> Presence:
    if presence is Presence.SURE or not statement.conditions:
        return Presence.SURE
    return Presence.MAYBE


def _quote_of(prop: Node) -> str:
    key = prop.part("string") if prop.kind == "pair" else None
    first = prop.first
    return key.text[0] if key is not None and key is first else ""
