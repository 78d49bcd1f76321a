"""A run with everything in it: made by the real finders' vocabulary, without files on the disk."""

from __future__ import annotations

from dataclasses import replace

from migrate import contract, plan
from migrate.model import Action, Dismissal, FileResult, Outcome, Prerequisite, Run, Use
from migrate.source import Source

OLD = contract.PUT_MANUAL.old_path
NEW = contract.PUT_MANUAL.new_path
KEY = contract.REQUIRED_KEY

DEPLOY = f'''\
"""Deploys the nightly job — für alle 🚀."""
import requests

API = "https://api.northflank.com/v1"


def deploy(project, token):
    n = "nightly-é🚀"; r = requests.put(f"{{API}}/projects/{{project}}{OLD}", json={{"name": n, "{KEY}": 0}})
    r.raise_for_status()
    return r.json()["data"]["{KEY}"]
'''
WEB = f"const url = `${{base}}/projects/${{id}}{OLD}`\r\nawait send(url, body)\r\n"
JOB_SH = f"#!/bin/sh\nnorthflank put job {contract.MANUAL} -f job.json\n"
OWN = f'@app.put("{OLD}")\ndef run(): ...\n'
EVIDENCE = ("the URL's host is api.northflank.com", "a variable names 'northflank'")
REVIEW_ADVICE = "Use PUT …/jobs and move the keys into `settings`."


def source(path: str, text: str, encoding: str = "utf-8") -> Source:
    """A file that exists only here."""
    return Source(path, text.encode(encoding), text, encoding)


def rewrite(file: Source, *replacements: tuple[str, str], **more: object) -> Use:
    """A rewrite of the first place of each text."""
    edits = tuple(
        file.edit(file.text.index(old), file.text.index(old) + len(old), new) for old, new in replacements
    )
    start = file.text.index(replacements[0][0])
    fields = {
        "kind": "http-call",
        "operation": contract.PUT_MANUAL.name,
        "language": "python",
        "action": Action.REWRITE,
        "message": "Calls a deprecated operation.",
        "evidence": EVIDENCE,
        "edits": edits,
    }
    return file.use((start, start + len(replacements[0][0])), **{**fields, **more})  # type: ignore[arg-type]


def review(file: Source, text: str, **more: object) -> Use:
    """A place for a person."""
    start = file.text.index(text)
    fields = {
        "kind": "http-call",
        "operation": contract.PUT_MANUAL.name,
        "language": "javascript",
        "action": Action.REVIEW,
        "message": "Calls a deprecated operation. Not rewritten: the body comes from a parameter.",
        "advice": REVIEW_ADVICE,
        "evidence": EVIDENCE[:1],
    }
    return file.use((start, start + len(text)), **{**fields, **more})  # type: ignore[arg-type]


def result(file: Source, outcome: Outcome, *uses: Use, **more: object) -> FileResult:
    """A file's result, with its bytes before and after where its uses have edits."""
    edits = sorted(edit for use in uses if not use.held and not use.accepted for edit in use.edits)
    if edits and outcome in (Outcome.WOULD_REWRITE, Outcome.REWRITTEN):
        more = {"before": file.data, "after": plan.apply_edits(file.data, edits), **more}
    return FileResult(file.path, outcome, uses=uses, **more)  # type: ignore[arg-type]


def deploy_result(path: str = "app/deploy.py", encoding: str = "utf-8") -> FileResult:
    """Two uses that are rewritten, one of them after characters beyond ASCII on its line."""
    text = DEPLOY if encoding == "utf-8" else DEPLOY.replace("🚀", "ß").replace("—", "-")
    file = source(path, text, encoding)
    call = rewrite(file, (OLD, NEW), (f'"{KEY}": 0', f'"settings": {{"{KEY}": 0}}'))
    read = rewrite(
        file,
        (f'["data"]["{KEY}"]', f'["data"]["settings"]["{KEY}"]'),
        kind="response-read",
        message="Reads a moved key from the answer.",
    )
    owners = ("@acme/jobs", "dev@example.com")
    return result(file, Outcome.WOULD_REWRITE, call, read, owners=owners, repository=".")


def everything(written: bool = False) -> Run:
    """A run with each state of a use and each outcome of a file."""
    web = source("web/api <client>&co.ts", WEB)
    shell = source("ops/job.sh", JOB_SH)
    own = source("server/routes.py", OWN)
    legacy = source("legacy/run.py", f"requests.put(URL + '{OLD}')  # northflank\n")
    template = source("app/template.yaml", "kind: Node\n")
    command = f"northflank put job {contract.MANUAL}"
    cli = Prerequisite(
        "cli-version",
        "The installed CLI has no `put job`.",
        met=False,
        command="npm install -g @northflank/cli@latest, then --cli-ready",
    )
    held = rewrite(
        shell, (command, "northflank put job"), language="shell", kind="cli-command", prerequisites=(cli,)
    )
    accepted = replace(review(legacy, OLD, language="python"), accepted="ignored: retired in May")
    broken = source("app/broken.py", f"requests.put(f'{{API}}{OLD}', json=body)\n")
    files = (
        FileResult("app/clean.py", Outcome.CLEAN, repository="."),
        result(template, Outcome.CLEAN, replace(review(template, "Node", language="yaml"), notice=True)),
        deploy_result(),
        result(
            broken,
            Outcome.FAILED,
            rewrite(broken, (OLD, NEW)),
            before=broken.data,
            after=b"must never be shown\n",
            reason="the check before writing failed, which is nf-migrate's fault: 2 requests before, 1 after",
        ),
        FileResult("assets/huge.json", Outcome.SKIPPED, "larger than 4 MiB"),
        result(legacy, Outcome.ACCEPTED, accepted, reason="every use here is accepted as it is"),
        result(shell, Outcome.REVIEW, held, reason="held back by a prerequisite", owners=("@acme/ops",)),
        FileResult(
            own.path,
            Outcome.NOT_OURS,
            "a route that this program serves itself",
            dismissals=(Dismissal(1, "a route that this program serves itself"),),
        ),
        result(web, Outcome.REVIEW, review(web, OLD), owners=("@acme/web",)),
    )
    if written:
        files = tuple(
            replace(each, outcome=Outcome.REWRITTEN) if each.outcome is Outcome.WOULD_REWRITE else each
            for each in files
        )
    return Run("rewrite", files, written=written, searched=1234)


def nothing() -> Run:
    """A run that found nothing."""
    return Run("scan", (), searched=12)
