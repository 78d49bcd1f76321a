"""The run as JUnit XML: a suite for each file, a test case for each use.

For CI systems that show test reports and nothing else. A use that is still there fails its case;
a file without one is a case that passes. Valid by the schema of Jenkins' xUnit plugin.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from migrate.accounts import Accounts, State, state_of
from migrate.model import FileResult, Outcome, Run, Use
from migrate.report import RenderOptions
from migrate.report.words import STATE_WORDS, visible, whole_message

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 can't hold (https://www.w3.org/TR/xml/#charsets)."""


def render(run: Run, options: RenderOptions) -> str:
    """The document with its declaration."""
    accounts = Accounts.of(run)
    suites = [_suite(each, accounts, run.written) for each in run.files]
    root = ET.Element("testsuites", {"name": "nf-migrate", **_sums(suites)})
    root.extend(suites)
    ET.indent(root)
    encoding = "utf-8" if options.unicode else "us-ascii"
    declaration = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    body: bytes = ET.tostring(root, encoding, xml_declaration=False)
    return f"{declaration}{body.decode(encoding)}\n"


def _sums(suites: list[ET.Element]) -> dict[str, str]:
    return {
        name: str(sum(int(suite.get(name, "0")) for suite in suites))
        for name in ("tests", "failures", "errors")
    }


def _suite(each: FileResult, accounts: Accounts, written: bool) -> ET.Element:
    path = _text(each.path)
    suite = ET.Element("testsuite", {"name": path})
    for use in each.uses:
        suite.append(_case(use, state_of(use, accounts.failed), each, written))
    if not each.uses:
        case = ET.SubElement(suite, "testcase", {"name": each.outcome.value, "classname": path})
        if each.outcome is Outcome.FAILED:
            _verdict(case, "error", each.reason)
        elif each.outcome is Outcome.SKIPPED:
            _verdict(case, "skipped", each.reason)
    counts = {"tests": "testcase", "failures": ".//failure", "errors": ".//error", "skipped": ".//skipped"}
    for name, tag in counts.items():
        suite.set(name, str(len(suite.findall(tag))))
    return suite


def _case(use: Use, state: State, file: FileResult, written: bool) -> ET.Element:
    name = f"{use.line}:{use.column} {use.kind}"
    case = ET.Element("testcase", {"name": _text(name), "classname": _text(use.path)})
    message = f"{STATE_WORDS[state, written]}: {whole_message(use, state, file)}"
    if state is State.ACCEPTED:
        _verdict(case, "skipped", f"accepted: {use.accepted}")
    elif state is State.NOTICE:
        _verdict(case, "skipped", message)
    elif state is State.FAILED:
        _verdict(case, "error", message)
    elif not (state is State.REWRITE and written):
        _verdict(case, "failure", message, f"{use.path}:{use.line}:{use.column}\n{use.snippet}")
    return case


def _verdict(case: ET.Element, tag: str, message: str, detail: str = "") -> None:
    found = ET.SubElement(case, tag, {"message": _text(message)})
    found.text = _text(detail) or None


def _text(text: str) -> str:
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", visible(text.replace("\r\n", "\n")))
