"""The script for nginx and the shim agree on JSON texts that nobody thought of."""

import json
import random
import subprocess

import pytest

from migrate import contract
from migrate.contract import Untranslatable
from migrate.proxy import translate
from migrate.proxy.export import files
from migrate.proxy.settings import Settings
from tests.need import need

COUNT = 4000
OPERATIONS = {f"{each.method} {each.job_type}{' id' * each.has_id}": each for each in contract.OPERATIONS}
OBJECTS = ("settings", "cron", "data")
KEYS = [*contract.MOVED_KEYS, *OBJECTS, "name", "jobType", "x", "a", "\\u0061", "__proto__"]
NUMBERS = ["1", "0", "-0", "1e400", "1.0", "12345678901234567890", "0.1E-2"]
TEXTS = ['"never"', '"\\u006eever"', '"manual"', '"cron"', '"é🚀"', '"\\\\"', '"\\""', '""', '"{["']
NOISE = ['"', "{", "}", "[", ",", ":", "\\", "x", "1", " ", "\t", "\x01", "NaN", "é", ""]

RUN = """
const lines = require('readline').createInterface({input: process.stdin});
lines.on('line', (line) => {
    const [name, text, isAnswer] = JSON.parse(line);
    const operation = CONTRACT.operations[name];
    let result;
    try {
        result = isAnswer ? downgrade(operation, text) : upgrade(operation, text);
    } catch (e) {
        if (!(e instanceof Refusal)) throw e;
        result = null;
    }
    console.log(JSON.stringify(result));
});
"""


class Texts:
    """Makes JSON texts, some of them damaged, the same for the same seed."""

    def __init__(self, seed):
        self.random = random.Random(seed)  # noqa: S311 (the same texts each time)

    def value(self, depth):
        """Any value."""
        kind = self.random.randrange(10)
        if kind < 3:
            return self.random.choice(NUMBERS)
        if kind < 6:
            return self.random.choice(TEXTS)
        if kind < 7:
            return self.random.choice(["true", "false", "null"])
        if depth > 3:
            return "7"
        if kind < 8:
            return "[" + ",".join(self.value(depth + 1) for _ in range(self.random.randrange(3))) + "]"
        return self.object(depth + 1)

    def object(self, depth):
        """An object, now and then with a key twice."""
        keys = [self.random.choice(KEYS) for _ in range(self.random.randrange(5))]
        if self.random.random() < 0.95:
            keys = list(dict.fromkeys(keys))
        return (
            "{"
            + ",".join(f'{self.space()}"{key}"{self.space()}:{self.member(key, depth)}' for key in keys)
            + "}"
        )

    def member(self, key, depth):
        """A value that is often an object where one belongs."""
        wanted = key in OBJECTS and self.random.random() < 0.8
        return self.space() + (self.object(depth + 1) if wanted else self.value(depth)) + self.space()

    def space(self):
        """White space or none."""
        return self.random.choice(["", "", " ", "\n"])

    def body(self):
        """A request's body, often with what is required, sometimes damaged."""
        text = self.object(0)
        if self.random.random() < 0.7:
            text = '{"backoffLimit":1' + ("" if text == "{}" else ",") + text[1:]
        if self.random.random() < 0.2:
            at = self.random.randrange(len(text))
            text = text[:at] + self.random.choice(NOISE) + text[at + self.random.randrange(2) :]
        return text

    def answer(self):
        """An answer's text."""
        rest = self.random.choice(["", ",1", ',"m":1'])
        return f'{{"data":{self.object(1)}{rest}}}'


def by_the_shim(name, text, is_answer):
    """What the shim makes of a text; None where it refuses."""
    function = translate.translate_answer if is_answer else translate.translate_request
    try:
        return function(OPERATIONS[name], text.encode(), Settings().max_depth).decode()
    except Untranslatable:
        return None


@pytest.mark.parametrize("seed", [1, 2])
def test_script_and_shim_agree(tmp_path, seed):
    """For requests and answers of all sorts: both refuse, or both say the same (keys' escapes aside)."""
    texts = Texts(seed)
    names = list(OPERATIONS)
    cases = [
        (texts.random.choice(names), texts.answer() if number % 2 else texts.body(), number % 2)
        for number in range(COUNT)
    ]
    script = files("nginx", Settings())["nf-migrate.js"].partition("export default")[0]
    (tmp_path / "script.cjs").write_text(script + RUN, encoding="utf-8")
    lines = "".join(json.dumps(case) + "\n" for case in cases)
    command = [need("node"), str(tmp_path / "script.cjs")]
    output = subprocess.run(command, input=lines, check=True, capture_output=True, text=True).stdout

    refused = 0
    for case, line in zip(cases, output.splitlines(), strict=True):
        theirs, ours = json.loads(line), by_the_shim(*case)
        refused += ours is None
        if theirs != ours:
            assert None not in {theirs, ours}, case
            assert json.dumps(json.loads(theirs)) == json.dumps(json.loads(ours)), case
    assert 0.1 < refused / COUNT < 0.7
