"""The kinds of use: what each is, why it matters, and what becomes of it.

The key is the `kind` of a `Use`, the argument of ``nf-migrate explain``, the heading in
docs/uses.md and the rule ID in reports.
"""

from __future__ import annotations

from dataclasses import dataclass

from migrate import contract

_PUT = contract.PUT_MANUAL
_FIRST, _SECOND = contract.COMMON_KEYS[:2]
_OLD_URL = f"{contract.BASE_URL}{contract.API_PREFIX}/projects/my-project{_PUT.old_path}"
_NEW_URL = f"{contract.BASE_URL}{contract.API_PREFIX}/projects/my-project{_PUT.new_path}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of use.

    title: a noun phrase; why: what goes wrong if it stays; before, after: an example ("" where
    there is nothing to rewrite); language: the example's fence.
    """

    title: str
    why: str
    before: str = ""
    after: str = ""
    language: str = "text"


_OLD_TYPE = f"{_PUT.verb.capitalize()}Job{_PUT.job_type.capitalize()}Data"
_ANSWER_BEFORE = f'{{"{contract.RESPONSE_ENVELOPE}": {{"{_FIRST}": 0}}}}'
_ANSWER_AFTER = f'{{"{contract.RESPONSE_ENVELOPE}": {{"{contract.SETTINGS}": {{"{_FIRST}": 0}}}}}}'
_PYTHON_BEFORE = f'''requests.put(
    "{_OLD_URL}",
    json={{"name": "nightly", "{_FIRST}": 0, "{_SECOND}": "never"}},
)'''
_PYTHON_AFTER = f'''requests.put(
    "{_NEW_URL}",
    json={{"name": "nightly", "{contract.SETTINGS}": {{"{_FIRST}": 0, "{_SECOND}": "never"}}}},
)'''

KINDS: dict[str, Kind] = {
    "http-call": Kind(
        "a request to the deprecated path",
        f"{_PUT.method} …{_PUT.old_path} will be removed. The successor ({contract.DOCUMENTED_NAME} in the "
        f"documentation, {_PUT.method} …{_PUT.new_path} on the wire) "
        f"wants the moved keys in `{contract.SETTINGS}`.",
        _PYTHON_BEFORE,
        _PYTHON_AFTER,
        "python",
    ),
    "client-call": Kind(
        "a call of the deprecated method of the API client",
        f"`{_PUT.name}` sends the deprecated request; `{_PUT.new_name}` sends its successor.",
        f'client.{_PUT.name}(data={{"name": "nightly", "{_FIRST}": 0}})',
        f'client.{_PUT.new_name}(data={{"name": "nightly", "{contract.SETTINGS}": {{"{_FIRST}": 0}}}})',
        "python",
    ),
    "cli-call": Kind(
        "a deprecated command of Northflank's CLI",
        f"`{_PUT.old_cli}` sends the deprecated request. `{_PUT.new_cli}` sends its successor, in a CLI "
        f"newer than {contract.LAST_CLI_WITHOUT_SUCCESSOR}; until then the edit is held. The definition that "
        "the command reads moves with it.",
        f"""{_PUT.old_cli} --projectId my-project -i '{{"name": "nightly", "{_FIRST}": 0}}'""",
        f"{_PUT.new_cli} --projectId my-project "
        f"""-i '{{"name": "nightly", "{contract.SETTINGS}": {{"{_FIRST}": 0}}}}'""",
        "shell",
    ),
    "client-type": Kind(
        "a type or class that the API client exports for the deprecated operation",
        "The successor's request and answer have types of their own; a body in the new shape does not fit "
        "the old ones.",
        f'import {{ {_OLD_TYPE} }} from "{contract.JS_CLIENT_PACKAGE}";',
        f'import {{ {contract.rename_type(_OLD_TYPE)} }} from "{contract.JS_CLIENT_PACKAGE}";',
        "typescript",
    ),
    "response-read": Kind(
        "code that reads a moved key from the answer",
        f"The answer of the successor has the key in `{contract.RESPONSE_ENVELOPE}.{contract.SETTINGS}`.",
        f'response.json()["{contract.RESPONSE_ENVELOPE}"]["{_FIRST}"]',
        f'response.json()["{contract.RESPONSE_ENVELOPE}"]["{contract.SETTINGS}"]["{_FIRST}"]',
        "python",
    ),
    "test-double": Kind(
        "a mock of the deprecated endpoint in a test",
        "Once the code calls the successor, a mock of the old path is never hit and the test fails.",
        f'responses.put("{_OLD_URL}", json={_ANSWER_BEFORE})',
        f'responses.put("{_NEW_URL}", json={_ANSWER_AFTER})',
        "python",
    ),
    "documented-name": Kind(
        "a request to the documentation's name of the successor",
        f"{contract.DOCUMENTED_NAME} is the name of a page; no such path is served. The wire path is "
        f"{_PUT.new_path}.",
        f'requests.put(f"{{base}}/projects/{{project}}{contract.DOCUMENTED_NAME}", json=body)',
        f'requests.put(f"{{base}}/projects/{{project}}{_PUT.new_path}", json=body)',
        "python",
    ),
    "endpoint-name": Kind(
        "the endpoint's name in a place that is not understood as a request",
        "A constant, a table, a comparison, a log text: it may feed a request, and nothing proves which.",
    ),
    "prose": Kind(
        "the endpoint's name in a comment, a docstring or a document",
        "It describes the old operation and will mislead its readers after the migration.",
    ),
    "docs-link": Kind(
        "a link to the vendor's page of the deprecated operation",
        "The page describes the old operation.",
        f"https://northflank.com/docs/v1/api/jobs/{_PUT.old_docs_page}",
        f"https://northflank.com/docs/v1/api/jobs/{_PUT.new_docs_page}",
    ),
    "unreadable": Kind(
        "the endpoint's name in a file that can't be decoded or parsed",
        "The tool can't tell what the file does with it; a person must look.",
    ),
    "api-description": Kind(
        "the deprecated path in an API description (OpenAPI, Swagger)",
        "Clients generated from the description will call the deprecated path.",
    ),
    "definition": Kind(
        "a job definition in the old shape",
        "The successor refuses a body whose moved keys stand at the top.",
        f'{{"name": "nightly", "{_FIRST}": 0}}',
        f'{{"name": "nightly", "{contract.SETTINGS}": {{"{_FIRST}": 0}}}}',
        "json",
    ),
    "template-node": Kind(
        f"a template node of the kind {contract.OLD_TEMPLATE_KIND}",
        f"The vendor has not deprecated it; a node of the kind {contract.NEW_TEMPLATE_KIND} with "
        f"`{contract.SETTINGS}` exists beside it. Only --templates turns it.",
        f'{{"kind": "{contract.OLD_TEMPLATE_KIND}", "spec": {{"name": "nightly", "{_FIRST}": 0}}}}',
        f'{{"kind": "{contract.NEW_TEMPLATE_KIND}", "spec": {{"name": "nightly", '
        f'"{contract.SETTINGS}": {{"{_FIRST}": 0}}}}}}',
        "json",
    ),
    "unused-ignore": Kind(
        "a comment of this tool's that matches no use",
        "What it let stay is gone, or it names the wrong kind; left in place it may hide a later use.",
    ),
}

REQUEST_KINDS = frozenset(("http-call", "client-call", "cli-call"))
"""Kinds whose uses send a request."""

TEST_DOUBLE = "test-double"
"""The kind whose uses answer a request in a test."""
