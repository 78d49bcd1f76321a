"""Scripts that are made to break a reader: what can't be understood is reported, nothing is raised."""

from __future__ import annotations

import pytest

from migrate import contract
from migrate.find import find
from migrate.model import Action, Options
from migrate.project import Project
from migrate.source import Source

URL = f"{contract.BASE_URL}/v1/projects/p/jobs/manual"
DOUBLED = "".join(f'V{number}="$V{number - 1}$V{number - 1}"\n' for number in range(1, 60))
HOSTILE = {
    "a value that doubles at every step": f'V0=a\n{DOUBLED}curl -X PUT {URL} -d "$V59"\n',
    "a variable made of itself": f'a="$a x"\ncurl -X PUT {URL} -d "$a"\n',
    "an array made of itself": f'a=("${{a[@]}}" -d x)\ncurl "${{a[@]}}" -X PUT {URL}\n',
    "a function that calls itself": f"f() {{ f \"$1\"; curl -X PUT {URL} -d \"$1\"; }}\nf '{{}}'\n",
    "functions that call each other": f'f() {{ g; }}\ng() {{ f; curl -X "$M" {URL} -d "$2"; }}\nf\n',
    "two files that are not there": f"curl -X PUT {URL} -d @../../../../etc/passwd\n",
    "a device": f"curl -X PUT {URL} -d @/dev/zero\n",
    "unbalanced quotes": f"curl -X PUT {URL} -d '{{\"backoffLimit\": 0}}\n",
    "a null character": f"curl -X PUT {URL} -d '\0'\n",
    "a body on its way through another program": f"curl -X PUT {URL} -d \"$(openssl enc -d -in body)\"\n",
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile(text: str) -> None:
    """The request is reported for a person, with the reason and advice."""
    found = find(Source.decode("a.sh", text.encode()), Project(".", Options(contract.DEFAULT_TARGET_PATH)))

    assert found.uses
    for use in found.uses:
        assert use.action is Action.REVIEW
        assert use.message
        assert use.advice
