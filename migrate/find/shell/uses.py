"""From the requests of a script to uses: evidence, edits, and the reasons why not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from ast_grep_py import SgNode

from migrate import contract, definitions, evidence
from migrate.contract import Operation
from migrate.embed import Unwritable
from migrate.evidence import Evidence
from migrate.find import literal
from migrate.find.shell.answers import Answers, Reads
from migrate.find.shell.bodies import Bodies, Body
from migrate.find.shell.programs import Kind
from migrate.find.shell.script import Assignment, Script, span
from migrate.find.shell.sites import Site, Sites
from migrate.find.shell.values import Value
from migrate.find.text import advice, advice_for_readers
from migrate.model import HOLE, Action, Dismissal, Edit, Prerequisite, RequestModel, Use
from migrate.project import Project
from migrate.source import Source

LANGUAGE = "shell"
_SILENT = frozenset(("echo", "printf", "log", "info", "debug"))
_CAPTURING = frozenset(("pipeline", "command_substitution", "process_substitution", "redirected_statement",
                        "herestring_redirect", "heredoc_redirect", "file_redirect"))  # fmt: skip


@dataclass
class Draft:
    """A request on its way to a use. reason: why it can't be rewritten; spans: what it explains."""

    site: Site
    place: tuple[int, int]
    kind: str
    model: RequestModel | None = None
    proof: Evidence = field(default_factory=Evidence)
    edits: list[Edit] = field(default_factory=list)
    reason: str = ""
    group: str = ""
    through: set[tuple[str, int]] = field(default_factory=set)
    spans: list[tuple[int, int]] = field(default_factory=list)
    handed_on: list[tuple[tuple[int, int], str]] = field(default_factory=list)


class Drafts:
    """Makes drafts and uses of the sites of one script."""

    def __init__(
        self, source: Source, project: Project, sites: Sites, bodies: Bodies, answers: Answers
    ) -> None:
        self.source = source
        self.project = project
        self.sites = sites
        self.bodies = bodies
        self.answers = answers
        self.script: Script = sites.script
        self.about = evidence.combine(
            evidence.of_words(source.text, "the script"), evidence.of_words(source.around, "the file")
        )

    def draft(self, site: Site) -> Draft:
        """What is known of one request."""
        return self._cli(site) if site.is_cli else self._http(site)

    # ── HTTP ─────────────────────────────────────────────────────────────────────────────────

    def _http(self, site: Site) -> Draft:
        kind = "documented-name" if site.documented else "http-call"
        draft = Draft(site, span(site.place), kind)
        call = self.sites.call(site.command, site.chain)
        url = self.sites.url_of(call) if call else None
        if call is None or url is None:
            draft.reason = "the request is not understood"
            return draft
        draft.spans = [(item.start, item.end) for item in url.items]
        draft.through |= url.through
        if site.other_method:
            return draft
        bodies = [] if site.uncertain else list(self._bodies(site))
        if not site.uncertain:
            self._model(draft, call.method or "", url.text, bodies)
        draft.proof = self._proof(url, self._prefix(call.method, url), bodies)
        if site.uncertain:
            draft.reason = "the request's method is not known"
            self._take(draft, list(self._bodies(site)))
        elif site.open_type:
            draft.reason = f"the job's type in the path `{_path_of(url)}` is not known"
        elif site.constant:
            draft.reason = f"the URL comes from {site.constant}: both have to change together"
        elif site.documented:
            self._edit_url(
                draft, url, contract.match_documented_name(url.text), self.project.options.target_path
            )
            draft.reason = draft.reason or literal.old_shape(body.model for body in bodies)
        elif site.operation:
            found = contract.match(call.method or "", url.text, self.project.options.target_path)
            where = (found.start, found.end) if found else None
            self._edit_url(draft, url, where, found.replacement if found else "")
            if len(call.urls) > 1:
                draft.reason = _several(call.urls)
            self._take(draft, bodies)
            self._take_reads(draft, call.output.identity if call.output else None)
            named = self.sites.sourced.names_key(call.program, site.operation)
            if named and not draft.reason:
                draft.reason = f"the helper `{call.program}` is of a file that has {named}"
        return draft

    def _prefix(self, method: str | None, url: Value) -> str:
        methods = [method] if method else list(contract.METHODS.values())
        found = next((match for each in methods if (match := contract.match(each, url.text))), None)
        if found:
            return found.prefix
        documented = contract.match_documented_name(url.text)
        if not documented and any(contract.open_operation(each, url.text, HOLE) for each in methods):
            return url.text[: url.text.rindex(f"{contract.COLLECTION[1:]}/")]
        return url.text[: documented[0]] if documented else url.text

    def _proof(self, url: Value, prefix: str, bodies: list[Body]) -> Evidence:
        payload = [evidence.of_payload(frozenset(literal.keys_of(body.model)), body.text) for body in bodies]
        about_url = evidence.of_url(prefix)
        if about_url.contra and not about_url.pro:
            return about_url
        return evidence.combine(about_url, evidence.of_words(url.named, "the URL"), self.about, *payload)

    def _edit_url(self, draft: Draft, url: Value, where: tuple[int, int] | None, new: str) -> None:
        if where is None:
            draft.reason = "the request is not understood"
            return
        start, end, changed = literal.path_edit(url.text, *where, new)
        first, last = (sum(len(item.text) for item in url.items[:index]) for index in (start, end))
        try:
            draft.edits.append(self.source.edit(*url.edit(first, last, changed, self.source.text)))
        except Unwritable as error:
            draft.reason = draft.reason or f"the end of the path is not written in one piece: {error}"

    # ── The CLI ──────────────────────────────────────────────────────────────────────────────

    def _cli(self, site: Site) -> Draft:
        draft = Draft(site, span(site.place), "cli-call")
        call = self.sites.cli(site.command, site.chain)
        if call is None:
            draft.reason = "the command is not understood"
            return draft
        draft.proof = Evidence((f"the command is {contract.CLI_PROGRAM}",), strong=True)
        bodies = list(self._cli_bodies(site))
        old = site.operation
        name = old.name if old else f"{site.verb}.job"
        self._model(draft, contract.METHODS[site.verb], name, bodies)
        if old is None or call.type_word is None:
            return draft
        draft.spans = [(item.start, item.end) for item in call.type_word.items] + [draft.place]
        draft.through |= call.type_word.through
        self._drop_word(draft, call.before_type, call.type_word)
        self._take(draft, bodies)
        self._take_reads(draft, None)
        return draft

    def _drop_word(self, draft: Draft, before: Value, word: Value) -> None:
        start, end = before.items[-1].end, word.items[-1].end
        between = self.source.text[start : word.items[0].start].replace("\\\r\n", "").replace("\\\n", "")
        if not between or between.strip(" \t"):
            draft.reason = "the job's type is not written in the command itself"
            return
        draft.edits.append(self.source.edit(start, end, ""))

    def _cli_bodies(self, site: Site) -> Iterator[Body]:
        for chain in site.chains:
            call = self.sites.cli(site.command, chain)
            if call and call.input is not None:
                syntax = "json" if call.input.text.lstrip().startswith("{") else "yaml"
                yield self.bodies.of_value(call.input, chain, site.operation, syntax)
            elif call and call.file is not None:
                yield self.bodies.of_file(call.file, site.command, chain, site.operation)

    # ── Both ─────────────────────────────────────────────────────────────────────────────────

    def _bodies(self, site: Site) -> Iterator[Body]:
        for chain in site.chains:
            call = self.sites.call(site.command, chain)
            if call:
                yield self.bodies.of(call.data, site.command, chain, site.operation)

    def _model(self, draft: Draft, method: str, path: str, bodies: list[Body]) -> None:
        models = [body.model for body in bodies]
        known = (
            None
            if any(each is None for each in models)
            else tuple(each for each in models if each is not None)
        )
        draft.model = RequestModel(method, path, known, self.source.byte_at(draft.place[0]))

    def _take(self, draft: Draft, bodies: list[Body]) -> None:
        """The edits of all possible bodies."""
        for body in bodies:
            draft.reason = draft.reason or body.reason
            draft.edits += body.edits
            draft.through |= body.through
            if body.file:
                draft.group = definitions.group_of(body.file)

    def _take_reads(self, draft: Draft, output: str | None) -> None:
        site = draft.site
        places = {span(each): each for chain in site.chains for each in (site.command, *chain)}
        old = site.operation
        reads = self.answers.of(list(places.values()), output, old, is_cli=site.is_cli) if old else Reads()
        draft.edits += reads.edits
        draft.handed_on = reads.handed_on
        function = self.script.function_of(site.place)
        if reads.printed and function and not self.sites.callers(site.place):
            reads.reason = (
                reads.reason
                or f"nothing in this file calls `{function}`, and who does may read the answer it prints"
            )
        draft.reason = draft.reason or reads.reason

    def check_readers(self, drafts: list[Draft]) -> None:
        """Turn down requests of a script in which a moved key of an unknown answer is read."""
        for draft in drafts:
            old = draft.site.operation
            if old and not draft.reason and not draft.site.other_method:
                draft.reason = self.answers.loose(old, self.bodies.producers)

    def check_files(self, drafts: list[Draft]) -> None:
        """Turn down edits of definition files that other commands of the script send or look into."""
        places = {span(draft.site.command) for draft in drafts if draft.site.operation}
        for command in self.script.commands:
            for path in set() if span(command) in places else self._sent_files(command):
                for draft in drafts:
                    if draft.group == definitions.group_of(path) and not draft.reason:
                        line, _ = self.source.line_column(span(command)[0])
                        draft.reason = f"line {line} uses {path} for something else too"

    def _sent_files(self, command: SgNode) -> set[str]:
        """The files that a command sends elsewhere, or whose moved keys it names."""
        call = self.sites.call(command, ())
        values = [each.value for each in call.data if each.kind is Kind.FILE] if call else []
        if any(key in command.text() for key in contract.MOVED_KEYS):
            values += self.sites.expander.words(command)[1:]
        found = (self.bodies.files.find(value, command)[0] for value in values if value.items)
        return {path for path in found if path}

    def use(self, draft: Draft) -> Use | Dismissal | None:
        """The use that a draft becomes, or why it is none of ours."""
        old = draft.site.operation
        if draft.site.other_method:
            line, _ = self.source.line_column(draft.place[0])
            return Dismissal(line, f"{draft.site.other_method}: the last segments are a job's own ID")
        if old is None and not draft.site.documented:
            return None
        if not draft.proof.strong:
            if draft.proof.foreign or not draft.proof.pro:
                why = draft.proof.contra[0] if draft.proof.contra else "nothing around it names Northflank"
                return Dismissal(self.source.line_column(draft.place[0])[0], why)
            draft.reason = draft.reason or "it is not certain that this is Northflank's API"
        if self.script.is_broken(*draft.place):
            draft.reason = draft.reason or "the script can't be parsed there"
        what = _what(draft, old)
        return self.source.use(
            draft.place,
            kind=draft.kind,
            language=LANGUAGE,
            operation=old.name if old else "",
            action=Action.REVIEW if draft.reason else Action.REWRITE,
            message=f"{what} Not rewritten: {draft.reason}." if draft.reason else what,
            advice=advice(old or contract.PUT_MANUAL),
            evidence=draft.proof.pro + draft.proof.contra,
            edits=() if draft.reason else tuple(dict.fromkeys(sorted(draft.edits))),
            prerequisites=self._prerequisites(draft),
            group=draft.group,
        )

    def handed_on(self, draft: Draft) -> Iterator[Use]:
        """A review for each place where the answer of a request that is rewritten gets out of sight."""
        old = draft.site.operation
        if old is None or draft.reason:
            return
        for where, what in dict.fromkeys(draft.handed_on):
            yield self.source.use(
                where,
                kind="response-read",
                language=LANGUAGE,
                operation=old.name,
                action=Action.REVIEW,
                message=f"The answer to {old.method} …{old.old_path} is handed on: {what}. "
                "Nothing proves who reads what from it.",
                advice=advice_for_readers(old, "the job"),
                evidence=draft.proof.pro,
            )

    def _prerequisites(self, draft: Draft) -> tuple[Prerequisite, ...]:
        if not draft.site.is_cli or draft.reason:
            return ()
        return (
            cli_prerequisite(draft.site.operation or contract.PUT_MANUAL, self.project.options.cli_ready),
        )


def _several(urls: list[Value]) -> str:
    """Why a command with several words that are no options can't be rewritten."""
    unknown = [node.text() for url in urls if (node := url.only_node)]
    return f"what `{unknown[0]}` adds is not known" if unknown else "the command sends to several URLs"


def _path_of(url: Value) -> str:
    """The end of a URL as the script writes it."""
    return url.named[url.named.rindex(f"{contract.COLLECTION[1:]}/") :]


def cli_prerequisite(old: Operation, is_met: bool) -> Prerequisite:
    """What has to hold before a CLI command works in its new form."""
    return Prerequisite(
        "cli-version",
        f"{contract.CLI_PACKAGE} {contract.LAST_CLI_WITHOUT_SUCCESSOR} and older have no `{old.new_cli}`.",
        met=is_met,
        command=f"npm install --global {contract.CLI_PACKAGE}@latest && {old.new_cli} --help",
    )


def _what(draft: Draft, old: Operation | None) -> str:
    if old is None:
        return literal.documented_name()
    if draft.site.is_cli:
        return f"`{old.old_cli}` is deprecated; its successor is `{old.new_cli}`."
    return literal.what(old)


def check_shared(drafts: list[Draft], script: Script, source: Source) -> None:
    """Turn down edits of variables that are used for something else too, until nothing changes."""
    while True:
        before = [draft.reason for draft in drafts]
        _check_shared_once(drafts, script, source)
        if before == [draft.reason for draft in drafts]:
            return


def _check_shared_once(drafts: list[Draft], script: Script, source: Source) -> None:
    for draft in drafts:
        followed = {name for name, _ in draft.through}
        for edit in draft.edits:
            assignment = _assignment_of(edit, script, source)
            if assignment is None or draft.reason or assignment.name not in followed:
                continue
            name = assignment.name
            allowed = {
                place
                for each in drafts
                if edit in each.edits and not each.reason
                for variable, place in each.through
                if variable == name
            }
            if name in script.exported:
                draft.reason = f"`{name}` is exported, so other programs may read it"
                continue
            other = [at for at in script.expansions[name] if at not in allowed and not _is_silent(script, at)]
            if other and len(script.assignments[name]) == 1:
                line, _ = source.line_column(other[0])
                draft.reason = f"`{name}` is used in line {line} for something else too"
            elif other:
                draft.reason = _reassigned(script, source, assignment, other)


def _reassigned(script: Script, source: Source, assignment: Assignment, others: list[int]) -> str:
    """A variable that is given several values: other places count where they see this one."""
    later = [
        each.span[0] for each in script.assignments[assignment.name] if each.span[0] > assignment.span[1]
    ]
    end = min(later, default=len(source.text))
    near = [at for at in others if assignment.span[1] <= at < end]
    if not near:
        return ""
    return f"`{assignment.name}` is used in line {source.line_column(near[0])[0]} for something else too"


def _assignment_of(edit: Edit, script: Script, source: Source) -> Assignment | None:
    if edit.path != source.path:
        return None
    start, end = (source.char_at_byte(each) for each in (edit.start, edit.end))
    return script.assignment_at(start, end)


def _is_silent(script: Script, at: int) -> bool:
    """Whether an expansion only shows or tests the value."""
    node = script.expansion_at(at)
    for each in node.ancestors() if node else ():
        if each.kind() == "command":
            name = each.field("name")
            outer = {above.kind() for above in each.ancestors()}
            return bool(name and name.text() in _SILENT and not outer & _CAPTURING)
        if each.kind() in _CAPTURING:
            return False
        if each.kind() == "test_command":
            return True
    return False
