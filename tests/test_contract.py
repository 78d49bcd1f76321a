"""The contract's functions: what moves, what stays, what is refused, and which paths are meant."""

import copy
import json
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from migrate import contract
from migrate.contract import BY_NAME, OPERATIONS, Untranslatable

PUT, PUT_CRON, PATCH = BY_NAME["put.job.manual"], BY_NAME["put.job.cron"], BY_NAME["patch.job.manual"]
PATCH_CRON = BY_NAME["patch.job.cron"]

# ── Laws ─────────────────────────────────────────────────────────────────────────────────────

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8)
keys = st.sampled_from((*contract.MOVED_KEYS, "name", "billing", "jobType", "cron")) | st.text(max_size=6)
json_values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=8,
)
operations = st.sampled_from(OPERATIONS)
old_bodies = st.dictionaries(keys.filter(lambda key: key != "settings"), json_values, max_size=8)


@st.composite
def any_bodies(draw):
    """Bodies of every sort: old, new, both at once, and nonsense in ``settings``."""
    body = draw(old_bodies)
    if draw(st.booleans()):
        cron = st.dictionaries(st.sampled_from(contract.CRON_KEYS), scalars, max_size=3)
        inner = st.dictionaries(st.sampled_from(contract.COMMON_KEYS), scalars, max_size=3)
        settings = draw(inner) | ({"cron": draw(cron)} if draw(st.booleans()) else {})
        entries = [*body.items()]
        entries.insert(draw(st.integers(0, len(entries))), ("settings", settings))
        body = dict(entries)
    return body


def moved(operation, body):
    """The body with its keys moved; examples that are refused don't count."""
    try:
        return contract.move_keys(operation, body)
    except Untranslatable:
        assume(False)


@given(operations, any_bodies())
def test_second_pass_changes_nothing(operation, body):
    """Moving the keys of a body that was moved changes nothing, not even the order."""
    once = moved(operation, body)

    assert json.dumps(contract.move_keys(operation, once)) == json.dumps(once)


@given(operations, any_bodies())
def test_nothing_but_the_moved_keys_changes(operation, body):
    """Every other key keeps its value, and all of them keep their order."""
    after = moved(operation, body)
    stay = [key for key in body if key not in operation.moved_keys and key != "settings"]

    assert [key for key in after if key != "settings"] == stay
    assert all(after[key] is body[key] for key in stay)


@given(operations, any_bodies())
def test_every_moved_key_arrives(operation, body):
    """A moved key is gone from the top level and stands at its new place with its own value."""
    after = moved(operation, body)

    for move in operation.moves:
        assert move.key not in after
        if move.key in body:
            place = after
            for name in move.path:
                place = place[name]
            assert contract.same_value(place, body[move.key])


@given(operations, any_bodies())
def test_settings_hold_nothing_else(operation, body):
    """`settings` gains the moved keys only, loses nothing, and is not added when there is nothing in it."""
    after = moved(operation, body)
    before = body.get("settings", {})
    gained = set(after.get("settings", {})) - set(before)

    assert set(before) <= set(after.get("settings", {}))
    assert gained <= {move.path[1] for move in operation.moves}
    if "settings" in after and "settings" not in body:
        assert after["settings"]


@given(operations, any_bodies())
def test_argument_is_not_changed(operation, body):
    """The functions are pure: the argument is the same afterwards, at every depth."""
    kept = copy.deepcopy(body)
    moved(operation, body)

    assert json.dumps(kept) == json.dumps(body)


@given(operations, old_bodies, st.text(max_size=5))
def test_downgraded_answer_is_the_old_answer(operation, data, job_id):
    """What the new operation answers about a job, downgraded, is what the old one would answer."""
    data = {**data, "backoffLimit": 1, "jobType": operation.job_type, "id": job_id}
    upgraded = contract.move_keys(operation, data)

    assert contract.downgrade_response(operation, {"data": upgraded}) == {"data": data}
    assert contract.downgrade_response(operation, {"data": data}) == {"data": data}


@given(operations, json_values)
def test_other_answers_pass(operation, value):
    """An answer without an object in `data`, such as an error, is returned as it is."""
    assume(not isinstance(value, dict))

    assert contract.downgrade_response(operation, {"error": value}) == {"error": value}
    assert contract.downgrade_response(operation, {"data": value, "x": 1}) == {"data": value, "x": 1}


@given(operations, any_bodies())
def test_upgrade_is_move_after_check(operation, body):
    """`upgrade_request` refuses what the old operation refused and else equals `move_keys`."""
    if all(key in body for key in operation.required):
        assert moved(operation, body) == contract.upgrade_request(operation, body)
    else:
        with pytest.raises(Untranslatable, match="backoffLimit"):
            contract.upgrade_request(operation, body)


@given(operations, st.text(alphabet="abz-09_%~", min_size=1), st.booleans())
def test_new_path_is_never_old(operation, job_id, team):
    """A translated path is a successor's, and is not translated again."""
    assume(job_id not in contract.JOB_TYPES)
    prefix = f"/v1/teams/t/projects/{job_id}" if team else f"/v1/projects/{job_id}"
    path = prefix + operation.old_path.replace("{jobId}", job_id)
    found, new = contract.match_request(operation.method, path)

    assert found is operation
    assert new == prefix + operation.new_path.replace("{jobId}", job_id)
    assert contract.match_request(operation.method, new) is None
    assert contract.match_successor(operation.method, new) == operation.verb


# ── Bodies by example ────────────────────────────────────────────────────────────────────────


def text(value):
    """JSON with the order of keys, so that order counts in comparisons."""
    return json.dumps(value)


@pytest.mark.parametrize(
    ("operation", "before", "after"),
    [
        (PUT, {"backoffLimit": 0}, {"settings": {"backoffLimit": 0}}),
        (
            PUT,
            {"name": "a", "backoffLimit": 0, "z": 1},
            {"name": "a", "settings": {"backoffLimit": 0}, "z": 1},
        ),
        (
            PUT,
            {"backoffLimit": 0, "name": "a", "activeDeadlineSeconds": None, "runOnSourceChange": "never"},
            {
                "settings": {"backoffLimit": 0, "activeDeadlineSeconds": None, "runOnSourceChange": "never"},
                "name": "a",
            },
        ),
        (PUT, {"backoffLimit": "1", "schedule": "*"}, {"settings": {"backoffLimit": "1"}, "schedule": "*"}),
        (
            PUT,
            {"backoffLimit": 1, "env": {"backoffLimit": 2}},
            {"settings": {"backoffLimit": 1}, "env": {"backoffLimit": 2}},
        ),
        (PUT, {"settings": {"backoffLimit": 1}, "backoffLimit": 1}, {"settings": {"backoffLimit": 1}}),
        (
            PUT,
            {"backoffLimit": 1, "a": 1, "settings": {"x": 1}},
            {"a": 1, "settings": {"x": 1, "backoffLimit": 1}},
        ),
        (PATCH, {"name": "a"}, {"name": "a"}),
        (PATCH, {}, {}),
        (PATCH, {"settings": {}}, {"settings": {}}),
        (
            PUT_CRON,
            {"backoffLimit": 1, "schedule": "* * * * *", "suspended": False},
            {"settings": {"backoffLimit": 1, "cron": {"schedule": "* * * * *", "suspended": False}}},
        ),
        (PUT_CRON, {"backoffLimit": 1}, {"settings": {"backoffLimit": 1, "cron": {}}}),
        (PATCH_CRON, {"backoffLimit": 1}, {"settings": {"backoffLimit": 1}}),
        (PATCH_CRON, {"schedule": None}, {"settings": {"cron": {"schedule": None}}}),
        (
            PUT_CRON,
            {"backoffLimit": 1, "schedule": "a", "settings": {"cron": {"schedule": "a", "suspended": True}}},
            {"settings": {"cron": {"schedule": "a", "suspended": True}, "backoffLimit": 1}},
        ),
    ],
)
def test_upgrade(operation, before, after):
    """Each shape of body becomes exactly the expected one, in the author's order."""
    assert text(after) == text(contract.upgrade_request(operation, before))


@pytest.mark.parametrize(
    ("operation", "body", "code", "field"),
    [
        (PUT, {}, "missing-required", "backoffLimit"),
        (PUT, {"settings": {"backoffLimit": 1}}, "missing-required", "backoffLimit"),
        (PUT_CRON, {"schedule": "* * * * *"}, "missing-required", "backoffLimit"),
        (PUT, {"backoffLimit": 1, "settings": {"backoffLimit": 2}}, "conflict", "backoffLimit"),
        (PUT, {"backoffLimit": 1, "settings": {"backoffLimit": 1.0}}, "conflict", "backoffLimit"),
        (PUT, {"backoffLimit": 1, "settings": {"backoffLimit": True}}, "conflict", "backoffLimit"),
        (PUT, {"backoffLimit": None, "settings": {"backoffLimit": 0}}, "conflict", "backoffLimit"),
        (PUT, {"backoffLimit": 1, "settings": {"cron": {}}}, "cron-in-manual", "settings.cron"),
        (PATCH, {"settings": {"cron": None}}, "cron-in-manual", "settings.cron"),
        (PUT, {"backoffLimit": 1, "settings": None}, "settings-not-object", "settings"),
        (PATCH, {"settings": []}, "settings-not-object", "settings"),
        (PUT_CRON, {"backoffLimit": 1, "settings": {"cron": "x"}}, "settings-not-object", "settings.cron"),
        (
            PUT_CRON,
            {"backoffLimit": 1, "suspended": False, "settings": {"cron": {"suspended": True}}},
            "conflict",
            "suspended",
        ),
    ],
)
def test_untranslatable(operation, body, code, field):
    """What only a person can decide is refused, with the field and a stable code."""
    with pytest.raises(Untranslatable) as caught:
        contract.upgrade_request(operation, body)

    assert (caught.value.code, caught.value.field) == (code, field)
    assert str(caught.value) == caught.value.reason
    assert field.split(".")[-1] in caught.value.reason


# ── Answers by example ───────────────────────────────────────────────────────────────────────


def test_downgrade_keeps_everything_else():
    """Only the keys of `settings` go up; a key beside `data` stays."""
    answer = {
        "data": {
            "name": "a",
            "settings": {"backoffLimit": 1, "activeDeadlineSeconds": None},
            "jobType": "manual",
            "id": "a",
        },
        "pagination": {},
    }
    old = {
        "data": {
            "name": "a",
            "backoffLimit": 1,
            "activeDeadlineSeconds": None,
            "jobType": "manual",
            "id": "a",
        },
        "pagination": {},
    }

    assert text(old) == text(contract.downgrade_response(PUT, answer))


def test_downgrade_cron():
    """The keys of `settings.cron` go up as well."""
    data = {"settings": {"backoffLimit": 1, "cron": {"schedule": "a", "suspended": True}}, "jobType": "cron"}

    assert contract.downgrade_data(PUT_CRON, data) == {
        "backoffLimit": 1,
        "schedule": "a",
        "suspended": True,
        "jobType": "cron",
    }


@pytest.mark.parametrize(
    ("operation", "data"),
    [
        (PUT, {"jobType": "cron"}),
        (PUT, {"settings": {"cron": {}}}),
        (PATCH_CRON, {"jobType": "manual", "settings": {"backoffLimit": 1}}),
    ],
)
def test_downgrade_of_another_job_type(operation, data):
    """An answer about a job of the other type is never dressed up as one of this type."""
    with pytest.raises(Untranslatable) as caught:
        contract.downgrade_response(operation, {"data": data})

    assert caught.value.code == "wrong-job-type"


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        ('"settings.backoffLimit" is required', '"backoffLimit" is required'),
        ("settings/backoffLimit must be integer", "backoffLimit must be integer"),
        ("settings['backoffLimit']", "backoffLimit"),
        ('data["settings"]["backoffLimit"]', 'data["backoffLimit"]'),
        ("mysettings.backoffLimit and settings.backoffLimitX", None),
        ("settings.cron.schedule", None),
    ],
)
def test_downgrade_text(error, expected):
    """Field paths in an error text become the names that the old caller knows, and nothing else does."""
    found = contract.downgrade_text(PUT, error)

    assert (expected or error) == found


# ── Paths ────────────────────────────────────────────────────────────────────────────────────

HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("method", "path", "name", "new"),
    [
        ("PUT", "/v1/projects/p/jobs/manual", "put.job.manual", "/v1/projects/p/jobs"),
        ("put", "jobs/manual", "put.job.manual", "jobs"),
        ("POST", "/jobs/cron", "create.job.cron", "/jobs"),
        ("POST", "/jobs/manual?dry=1", "create.job.manual", "/jobs?dry=1"),
        ("PUT", "/jobs/manual#top", "put.job.manual", "/jobs#top"),
        ("PUT", "/jobs/manual/", "put.job.manual", "/jobs/"),
        ("PATCH", f"/jobs/manual/{HOLE}", "patch.job.manual", f"/jobs/{HOLE}"),
        ("PATCH", "/jobs/manual/manual", "patch.job.manual", "/jobs/manual"),
        ("PATCH", "/jobs/cron/a?x=/jobs/manual/b", "patch.job.cron", "/jobs/a?x=/jobs/manual/b"),
        ("PUT", f"https://api.northflank.com/v1/projects/{HOLE}/jobs/manual", "put.job.manual", None),
        ("PUT", "/jobs/manual/jobs/manual", "put.job.manual", "/jobs/manual/jobs"),
    ],
)
def test_match(method, path, name, new):
    """A deprecated request is recognised, and only the deprecated part of the path is replaced."""
    found = contract.match(method, path)
    new = new or path.removesuffix("/manual")

    assert found is not None
    assert found.operation.name == name
    assert path[: found.start] + found.replacement + path[found.end :] == new


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/projects/p/jobs/manual"),
        ("DELETE", "/v1/projects/p/jobs/manual"),
        ("HEAD", "/v1/projects/p/jobs/manual"),
        ("PATCH", "/v1/projects/p/jobs/manual"),
        ("PUT", "/v1/projects/p/jobs/manual/job-1"),
        ("POST", "/v1/projects/p/jobs/manual/runs"),
        ("PATCH", "/v1/projects/p/jobs/manual/job-1/builds"),
        ("PUT", "/v1/projects/p/jobs"),
        ("PUT", "/v1/projects/p/jobs/manually"),
        ("PUT", "/v1/projects/p/jobs/manual-2"),
        ("PUT", "/v1/projects/p/myjobs/manual"),
        ("PUT", "/v1/projects/p/jobs/Manual"),
        ("PUT", "/v1/projects/p/Jobs/manual"),
        ("PUT", "/v1/projects/p/jobs//manual"),
        ("PUT", "/v1/projects/p/jobs/manual//"),
        ("PUT", "/v1/projects/p/jobs/manual;v=1"),
        ("PUT", "/v1/projects/p/jobs/manual.json"),
        ("PUT", "/v1/projects/p?next=/jobs/manual"),
        ("PUT", "/v1/projects/p#/jobs/manual"),
        ("PUT", "/v1/projects/p/jobs/manual extra"),
        ("PUT", "/v1/projects/p/jobs/manual\n"),
        ("PUT", "/v1/projects/p/jobs%2Fmanual"),
        ("PUT", "job/manual"),
        ("PUT", ""),
        ("", "/jobs/manual"),
        ("PATCH", "/jobs/manual/"),
    ],
)
def test_no_match(method, path):
    """A look-alike, by its method or its path, is not a deprecated request."""
    assert contract.match(method, path) is None
    assert contract.match_request(method, path) is None


@pytest.mark.parametrize(
    "path",
    [
        "/jobs/manual",
        "/v1/jobs/manual",
        "/v1/projects/jobs/manual",
        "/v2/projects/p/jobs/manual",
        "/v1/projects/p/x/jobs/manual",
        "/v1/teams/projects/p/jobs/manual",
        "/v1/teams//projects/p/jobs/manual",
        "/v1/projects//jobs/manual",
        "//v1/projects/p/jobs/manual",
        "/api/v1/projects/p/jobs/manual",
        "v1/projects/p/jobs/manual",
        "/v1/projects/p\n/jobs/manual",
        "http://api.northflank.com/v1/projects/p/jobs/manual",
        "/v1/projects/../jobs/manual",
        "/v1/projects/%2e%2E/jobs/manual",
        "/v1/teams/./projects/p/jobs/manual",
        "/v1/projects/..;/jobs/manual",
        "/v1/projects/a%2Fb/jobs/manual",
        "/v1/projects/a\\b/jobs/manual",
    ],
)
def test_match_request_wants_the_whole_prefix(path):
    """For the proxy a path counts only with the API's own prefix, complete and from the start."""
    assert contract.match_request("PUT", path) is None


@pytest.mark.parametrize("job", ["..", ".", "%2e%2e", ".%2E", "..;a", "a%2fb", "..%5Cb", "a\\b"])
def test_match_request_wants_an_id_that_is_one_to_every_server(job):
    """A dot segment or hidden slash would be another resource one level up: the call is left as it is."""
    assert contract.match_request("PATCH", f"/v1/projects/p/jobs/manual/{job}") is None
    assert contract.match_request("PATCH", f"/v1/projects/p/jobs/manual/{job}/") is None


@pytest.mark.parametrize("job", ["a", "...", "..a", ".a", "%2ea", "a;b", "a%20b", "manual"])
def test_match_request_takes_any_other_id(job):
    """What is one segment to every server is an ID."""
    assert (
        contract.match_request("PATCH", f"/v1/projects/p/jobs/manual/{job}")[1]
        == f"/v1/projects/p/jobs/{job}"
    )


@pytest.mark.parametrize("prefix", ["/v1/projects/p", "/v1/teams/t/projects/p", "/v1/projects/manual"])
def test_match_request(prefix):
    """Both forms of the prefix are recognised; the query stays out of it."""
    assert contract.match_request("PUT", f"{prefix}/jobs/manual") == (PUT, f"{prefix}/jobs")


def test_target_path():
    """A target path of one's own holds for PUT alone."""
    put = contract.match("PUT", "/p/jobs/manual", "/jobs/put-job")
    post = contract.match("POST", "jobs/manual", "/jobs/put-job")

    assert put is not None
    assert post is not None
    assert (put.replacement, post.replacement) == ("/jobs/put-job", "jobs")
    assert contract.match_successor("PUT", "/p/jobs/put-job", "/jobs/put-job") == "put"


@pytest.mark.parametrize(
    ("method", "path", "verb"),
    [
        ("PUT", "/v1/projects/p/jobs", "put"),
        ("POST", "jobs?x=1", "create"),
        ("PATCH", "/jobs/abc", "patch"),
        ("PATCH", "/jobs", None),
        ("PUT", "/jobs/abc", None),
        ("GET", "/jobs", None),
        ("PUT", "/cronjobs", None),
    ],
)
def test_match_successor(method, path, verb):
    """The successors' requests are recognised, so that migrated code can be compared."""
    assert contract.match_successor(method, path) == verb


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("/v1/projects/p/jobs/put-job", "/jobs/put-job"),
        ("jobs/put-job/?a=b", "jobs/put-job"),
        ("/jobs/put-job-2", None),
        ("/x?next=/jobs/put-job", None),
        ("/myjobs/put-job", None),
    ],
)
def test_match_documented_name(path, found):
    """The documentation's name taken for a path is recognised at the end of a path only."""
    span = contract.match_documented_name(path)

    assert (path[slice(*span)] if span else None) == found


# ── Names and needles ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda each: each.name)
def test_names(operation):
    """Every old name has its new one, which is the old one without the job's type."""
    assert operation.new_name == operation.name.removesuffix(f".{operation.job_type}")
    assert operation.new_cli == operation.old_cli.removesuffix(f" {operation.job_type}")
    assert operation.new_docs_page == operation.old_docs_page.replace(f"-{operation.job_type}", "")
    assert contract.CLI_COMMAND.search(operation.old_cli)
    assert contract.CLIENT_IN_TEXT.search(f"api.{operation.name}(")
    assert contract.DOCS_LINK.search(
        f"https://northflank.com/docs/v1/api/project/jobs/{operation.old_docs_page}"
    )
    assert not contract.DOCS_LINK.search(f"https://northflank.com/docs/v1/api/jobs/{operation.new_docs_page}")


def test_rename_type():
    """The client's type names lose the job's type; other names are not taken for them."""
    assert contract.rename_type("PutJobManualData") == "PutJobData"
    assert contract.rename_type("CreateJobCronEndpoint") == "CreateJobEndpoint"
    for name in ("GetJobManualData", "PutJobManual", "XPutJobManualData", "PutJobManualDataX", "PutJobData"):
        assert contract.rename_type(name) is None


@pytest.mark.parametrize(
    "line",
    [
        "requests.put(f'{base}/jobs/manual')",
        'url = "/".join([base, "jobs", "manual"])',
        "url = base + '/jobs/' + 'manual'",
        "url = '%s/jobs/%s' % (base, 'manual')",
        "url = base + '/jobs/{}'.format('manual')",
        "client.put.job.manual(data=d)",
        "client.put.job\\\n    .manual(data=d)",
        "getattr(client.put.job, 'manual')(data=d)",
        "client['put']['job']['cron'](data=d)",
        'JOBS = ["jobs", "cron"]',
        "northflank put jobs manual -f a.json",
        "from client import PutJobManualData",
        "https://northflank.com/docs/v1/api/jobs/patch-cron-job",
        "requests.put('/v1/projects/p/jobs/put-job')",
        "const { put: { job: { manual } } } = api",
        'JOBS = f"{BASE}/jobs"; requests.put(JOBS + "/manual")',
        "JOBS_URL = base + '/jobs'\nput(f'{JOBS_URL}/cron')",
        'KIND = "manual"; url = BASE + "/jobs/" + KIND',
        "const url = `${jobs}/manual`",
        'curl -X PUT "$API/projects/p/jobs/$kind"',
        'fmt.Sprintf("/projects/%s/jobs/%s", project, kind)',
    ],
)
def test_needles_and_sieve_let_every_form_pass(line):
    """What a finder can understand is let through by both sieves."""
    assert any(needle in line for needle in contract.NEEDLES)
    assert contract.may_hold_use(line.encode())


NARROW = re.compile(
    rb"\bjobs?\b[^\w\n]{0,40}\s*[^\w\n]{0,40}\b(?:manual|cron)\b"
    rb"|\b(?:manual|cron)\b[^;]{0,120}\.\s*job\b"
    rb"|\bjobs/put-job\b|ManualJob"
    rb"|(?:put|create|patch)-(?:manual|cron)-job"
    rb"|(?:Put|Create|Patch)Job(?:Manual|Cron)"
    rb"|\bjobs/[^\w\s]"
    rb"|\bnf-migrate: ?(?:ignore|review)\b"
)
"""The sieve in one expression, as it reads best; slow over megabytes."""

words = ["job", "s", "/", "manual", "cron", "Cron", "Manual", "Job", "Put", "put", "create", "-", "put-job"]
marks = ["nf-migrate:", "ignore", ".", ";", "'", '"', "x", "_", "é", "JOBS", " ", "\n", " " * 41, "," * 121]
pieces = st.sampled_from([*words, *marks])


@given(st.lists(pieces, max_size=9).map("".join))
def test_fast_sieve_is_the_plain_one(text):
    """The sieve that begins with literals lets through exactly what the plain expression does."""
    data = text.encode()
    ends = re.search(rb"/(?:manual|cron)[\"'`]", data) and b"jobs" in data.lower()
    assert contract.may_hold_use(data) == bool(NARROW.search(data) or ends)


@pytest.mark.parametrize(
    ("method", "path", "name"),
    [
        ("PUT", "https://h/v1/projects/p/jobs/?", "put.job.manual"),
        ("post", "jobs/???/", "create.job.manual"),
        ("PATCH", "/jobs/?/nightly", "patch.job.manual"),
        ("PATCH", "/jobs/?", None),
        ("PUT", "/jobs/?/runs", None),
        ("DELETE", "/jobs/?", None),
        ("PUT", "/jobs/x?", None),
        ("PUT", "/otherjobs/?", None),
    ],
)
def test_unknown_type_is_told_from_a_job_id(method, path, name):
    """An unknown part in the type's place is a deprecated operation only where no new one has that path."""
    found = contract.open_operation(method, path.replace("?", "\ufffc"), "\ufffc")
    assert (found.name if found else None) == name
