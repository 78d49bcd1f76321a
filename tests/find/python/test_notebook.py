"""Notebooks: only source lines change."""

import json

from tests.find.python.helper import migrate

CELLS = [
    [
        "%pip install requests\n",
        "!echo northflank\n",
        "import requests\n",
        'API = "https://api.northflank.com/v1/projects/web"',
    ],
    ["%%bash\n", "curl -X PUT https://example.com/jobs/manual"],
    [
        "payload = {\n",
        '    "name": "Ünïcode \\"quoted\\"",\n',
        '    "backoffLimit": 0,\n',
        '    "runOnSourceChange": "never"\n',
        "}\n",
        'requests.put(f"{API}/jobs/manual", json=payload)',
    ],
]


def notebook(cells: list[list[str]], *, indent: int | None = 1) -> str:
    """A notebook of code cells with outputs and metadata."""
    content = {
        "cells": [
            {"cell_type": "markdown", "metadata": {}, "source": ["# jobs\n"]},
            *(
                {
                    "cell_type": "code",
                    "execution_count": number,
                    "metadata": {"b": 1, "a": [1.0, "é"]},
                    "outputs": [{"text": ["backoffLimit: 0\n"]}],
                    "source": cell,
                }
                for number, cell in enumerate(cells)
            ),
        ],
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(content, indent=indent, ensure_ascii=False) + "\n"


def test_only_sources_change() -> None:
    """URL and payload are rewritten across cells; every other byte stays."""
    before = notebook(CELLS)
    moved = [
        *CELLS[2][:2],
        '    "settings": {\n',
        '        "backoffLimit": 0,\n',
        '        "runOnSourceChange": "never"\n',
        "    }\n",
        "}\n",
        'requests.put(f"{API}/jobs", json=payload)',
    ]

    result = migrate(before, "a.ipynb")

    assert result.text == notebook([CELLS[0], CELLS[1], moved])


def test_compact_notebook() -> None:
    """A notebook on one line stays on one line."""
    url = "https://api.northflank.com/v1/projects/web/jobs/manual"
    call = f'requests.put("{url}", json={{"backoffLimit": 0}})'
    before = notebook([["import requests\n", call]], indent=None)

    result = migrate(before, "a.ipynb")

    assert result.text == before.replace("/jobs/manual", "/jobs").replace(
        '{\\"backoffLimit\\": 0}', '{\\"settings\\": {\\"backoffLimit\\": 0}}'
    )


def test_not_a_notebook() -> None:
    """A broken notebook that names the endpoint is reported."""
    result = migrate('{"cells": [ "northflank /jobs/manual" ', "a.ipynb")

    assert [use.kind for use in result.uses] == ["unreadable"]


def test_commands_of_a_shell() -> None:
    """Lines and cells that a shell runs are read; what keeps a command's output is left to a person."""
    url = "https://api.northflank.com/v1/projects/web/jobs/manual"
    old, new = '{"name": "n", "backoffLimit": 1}', '{"name": "n", "settings": {"backoffLimit": 1}}'
    kept = f"kept = !curl -X PUT {url} -d '{old}'"
    cells = [
        [
            "def send():\n",
            f"    !curl -X PUT {url} \\\n",
            f"        -d '{old}'\n",
            "    return 1\n",
            "send()",
        ],
        ["%%bash\n", f"curl -X PUT {url} -d '{old}'\n", "echo done"],
        ["%%script bash\n", f"curl -X GET {url}"],
        [kept],
    ]

    result = migrate(notebook(cells), "a.ipynb")

    successor = url.removesuffix("/manual")
    moved = [[line.replace(old, new).replace(url, successor) for line in cell] for cell in cells[:2]]
    assert result.text == notebook([*moved, *cells[2:]])
    left = [use.message for use in result.uses if not use.edits]
    assert len(left) == 1
    assert "its output is kept in a variable" in left[0]
