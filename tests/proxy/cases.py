"""Translation cases that every form of the shim passes: the ASGI application and the nginx export.

Each request case: method, path, body sent, then what the upstream must get (path, body) or the
problem that the caller must get (status, code, field). Each answer case: what the upstream says
and what the caller must see. Texts are compared byte by byte after white space between tokens of
the outer levels is taken out, so numbers must keep their text and keys their order.
"""

from __future__ import annotations

from dataclasses import dataclass, field

BASE = "/v1/projects/web"
TEAM = "/v1/teams/core/projects/web"


@dataclass(frozen=True)
class Translated:
    """A call that must reach the upstream translated."""

    name: str
    method: str
    path: str
    body: str
    new_path: str
    new_body: str


@dataclass(frozen=True)
class Refused:
    """A call that must be answered with a problem, and reach nobody."""

    name: str
    body: bytes
    status: int
    code: str
    field: str = ""
    method: str = "PUT"
    path: str = f"{BASE}/jobs/manual"


@dataclass(frozen=True)
class Answered:
    """What the upstream answers to a translated call, and what the caller must see."""

    name: str
    answer: str
    seen: str
    status: int = 200
    method: str = "PUT"
    path: str = f"{BASE}/jobs/manual"
    body: str = '{"backoffLimit":0}'
    fields: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})


TRANSLATED = [
    Translated(
        "put",
        "PUT",
        f"{BASE}/jobs/manual",
        '{"name":"n","backoffLimit":3,"x":1}',
        f"{BASE}/jobs",
        '{"name":"n","settings":{"backoffLimit":3},"x":1}',
    ),
    Translated(
        "put with team",
        "PUT",
        f"{TEAM}/jobs/manual",
        '{"backoffLimit":3}',
        f"{TEAM}/jobs",
        '{"settings":{"backoffLimit":3}}',
    ),
    Translated(
        "create",
        "POST",
        f"{BASE}/jobs/manual",
        '{"backoffLimit":0,"runOnSourceChange":"never","activeDeadlineSeconds":null}',
        f"{BASE}/jobs",
        '{"settings":{"backoffLimit":0,"runOnSourceChange":"never","activeDeadlineSeconds":null}}',
    ),
    Translated(
        "patch",
        "PATCH",
        f"{BASE}/jobs/manual/nightly",
        '{"activeDeadlineSeconds":600}',
        f"{BASE}/jobs/nightly",
        '{"settings":{"activeDeadlineSeconds":600}}',
    ),
    Translated(
        "patch of nothing that moves",
        "PATCH",
        f"{BASE}/jobs/manual/nightly",
        '{"description":"d"}',
        f"{BASE}/jobs/nightly",
        '{"description":"d"}',
    ),
    Translated(
        "cron put",
        "PUT",
        f"{BASE}/jobs/cron",
        '{"schedule":"* * * * *","backoffLimit":1,"suspended":false,"concurrencyPolicy":"forbid"}',
        f"{BASE}/jobs",
        '{"settings":{"cron":{"schedule":"* * * * *","suspended":false,"concurrencyPolicy":"forbid"},"backoffLimit":1}}',  # noqa: E501
    ),
    Translated(
        "cron patch",
        "PATCH",
        f"{TEAM}/jobs/cron/j",
        '{"schedule":"0 0 * * *"}',
        f"{TEAM}/jobs/j",
        '{"settings":{"cron":{"schedule":"0 0 * * *"}}}',
    ),
    Translated(
        "numbers keep their text",
        "PUT",
        f"{BASE}/jobs/manual",
        '{"backoffLimit":1e400,"big":12345678901234567890,"f":1.10,"z":-0,"deep":{"n":[1E+2,0.10]}}',
        f"{BASE}/jobs",
        '{"settings":{"backoffLimit":1e400},"big":12345678901234567890,"f":1.10,"z":-0,"deep":{"n":[1E+2,0.10]}}',
    ),
    Translated(
        "key order and names like those of objects' own",
        "PUT",
        f"{BASE}/jobs/manual",
        '{"10":1,"b":2,"2":3,"a":4,"__proto__":{"x":1},"constructor":5,"backoffLimit":0,"toString":6}',
        f"{BASE}/jobs",
        '{"10":1,"b":2,"2":3,"a":4,"__proto__":{"x":1},"constructor":5,"settings":{"backoffLimit":0},"toString":6}',
    ),
    Translated(
        "settings keep their place and other keys",
        "PUT",
        f"{BASE}/jobs/manual",
        '{"settings":{"other":[1,2]},"backoffLimit":2,"runOnSourceChange":"always"}',
        f"{BASE}/jobs",
        '{"settings":{"other":[1,2],"backoffLimit":2,"runOnSourceChange":"always"}}',
    ),
    Translated(
        "equal at both levels",
        "PUT",
        f"{BASE}/jobs/manual",
        '{"backoffLimit":2,"settings":{"backoffLimit":2}}',
        f"{BASE}/jobs",
        '{"settings":{"backoffLimit":2}}',
    ),
    Translated(
        "equal at both levels, written otherwise",
        "PUT",
        f"{BASE}/jobs/manual",
        '{"backoffLimit":2,"runOnSourceChange":"\\u006eever","settings":{"runOnSourceChange":"never"}}',
        f"{BASE}/jobs",
        '{"settings":{"runOnSourceChange":"never","backoffLimit":2}}',
    ),
    Translated(
        "escaped key",
        "PUT",
        f"{BASE}/jobs/manual",
        '{"\\u0062ackoffLimit":2}',
        f"{BASE}/jobs",
        '{"settings":{"backoffLimit":2}}',
    ),
    Translated(
        "a key of the same name deeper stays",
        "PUT",
        f"{BASE}/jobs/manual",
        '{"backoffLimit":2,"runtimeEnvironment":{"backoffLimit":"7","text":"{\\"[\\\\"}}',
        f"{BASE}/jobs",
        '{"settings":{"backoffLimit":2},"runtimeEnvironment":{"backoffLimit":"7","text":"{\\"[\\\\"}}',
    ),
    Translated(
        "wrong types are the API's to judge",
        "PUT",
        f"{BASE}/jobs/manual",
        '{"backoffLimit":"three","runOnSourceChange":{"a":[]}}',
        f"{BASE}/jobs",
        '{"settings":{"backoffLimit":"three","runOnSourceChange":{"a":[]}}}',
    ),
    Translated(
        "as deep as may be",
        "PUT",
        f"{BASE}/jobs/manual",
        '{"backoffLimit":2,"a":' + '{"a":' * 62 + "[]" + "}" * 62 + "}",
        f"{BASE}/jobs",
        '{"settings":{"backoffLimit":2},"a":' + '{"a":' * 62 + "[]" + "}" * 62 + "}",
    ),
    Translated(
        "text beyond ASCII",
        "PUT",
        f"{BASE}/jobs/manual",
        '{"backoffLimit":2,"description":"Zürich 🚀 \\ud83d\\ude80"}',
        f"{BASE}/jobs",
        '{"settings":{"backoffLimit":2},"description":"Zürich 🚀 \\ud83d\\ude80"}',
    ),
    Translated(
        "percent-encoded project and a query",
        "PUT",
        "/v1/projects/a%20b%7Ec/jobs/manual?x=%2F&y=+a",
        '{"backoffLimit":2}',
        "/v1/projects/a%20b%7Ec/jobs?x=%2F&y=+a",
        '{"settings":{"backoffLimit":2}}',
    ),
]

REFUSED = [
    Refused("no body", b"", 400, "invalid-json"),
    Refused("not JSON", b"{backoffLimit:1}", 400, "invalid-json"),
    Refused("trailing comma", b'{"backoffLimit":1,}', 400, "invalid-json"),
    Refused("trailing text", b'{"backoffLimit":1}x', 400, "invalid-json"),
    Refused("NaN", b'{"backoffLimit":NaN}', 400, "invalid-json"),
    Refused("deep NaN", b'{"backoffLimit":1,"a":[{"b":NaN}]}', 400, "invalid-json"),
    Refused("Infinity", b'{"backoffLimit":-Infinity}', 400, "invalid-json"),
    Refused("leading zero", b'{"backoffLimit":01}', 400, "invalid-json"),
    Refused("control character", b'{"backoffLimit":1,"a":"\x01"}', 400, "invalid-json"),
    Refused("bad escape", b'{"backoffLimit":1,"a":"\\x41"}', 400, "invalid-json"),
    Refused("not UTF-8", b'{"backoffLimit":1,"a":"\xff"}', 400, "invalid-json"),
    Refused("byte order mark", b'\xef\xbb\xbf{"backoffLimit":1}', 400, "invalid-json"),
    Refused("not closed", b'{"backoffLimit":1', 400, "invalid-json"),
    Refused("array", b"[1]", 400, "not-object"),
    Refused("string", b'"backoffLimit"', 400, "not-object"),
    Refused("null", b"null", 400, "not-object"),
    Refused("twice", b'{"backoffLimit":1,"backoffLimit":1}', 400, "duplicate-key", "backoffLimit"),
    Refused("twice, escaped", b'{"backoffLimit":1,"a":1,"\\u0061":2}', 400, "duplicate-key", "a"),
    Refused("twice, deep", b'{"backoffLimit":1,"a":[{"b":1,"b":2}]}', 400, "duplicate-key", "b"),
    Refused("twice in settings", b'{"backoffLimit":1,"settings":{"x":1,"x":1}}', 400, "duplicate-key", "x"),
    Refused("required is missing", b'{"name":"n"}', 400, "missing-required", "backoffLimit"),
    Refused(
        "required only in settings",
        b'{"settings":{"backoffLimit":1}}',
        400,
        "missing-required",
        "backoffLimit",
    ),
    Refused("conflict", b'{"backoffLimit":1,"settings":{"backoffLimit":2}}', 409, "conflict", "backoffLimit"),
    Refused(
        "1 and 1.0 differ",
        b'{"backoffLimit":1,"settings":{"backoffLimit":1.0}}',
        409,
        "conflict",
        "backoffLimit",
    ),
    Refused("settings of text", b'{"backoffLimit":1,"settings":"x"}', 400, "settings-not-object", "settings"),
    Refused(
        "cron in a manual call",
        b'{"backoffLimit":1,"settings":{"cron":{"schedule":"x"}}}',
        409,
        "cron-in-manual",
        "settings.cron",
    ),
    Refused(
        "cron of text",
        b'{"backoffLimit":1,"settings":{"cron":1}}',
        400,
        "settings-not-object",
        "settings.cron",
        path=f"{BASE}/jobs/cron",
    ),
    Refused("too deep", b'{"backoffLimit":1,"a":' + b"[" * 64 + b"]" * 64 + b"}", 400, "too-deep"),
    Refused("far too deep", b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 400, "too-deep"),
    Refused("too large", b'{"backoffLimit":1,"a":"' + b"x" * (1 << 20) + b'"}', 413, "too-large"),
]

_LIMITS = '"id":"nightly","backoffLimit":1,"runOnSourceChange":"never"'
_SETTINGS = '"id":"nightly","settings":{"backoffLimit":1,"runOnSourceChange":"never","new":7}'

ANSWERED = [
    Answered(
        "keys return to the top and settings go",
        f'{{"data":{{{_SETTINGS},"jobType":"manual","n":1e400}},"more":[1]}}',
        f'{{"data":{{{_LIMITS},"jobType":"manual","n":1e400}},"more":[1]}}',
    ),
    Answered(
        "null in the place of a schedule is none",
        '{"data":{"settings":{"backoffLimit":1,"cron":null},"jobType":"manual"}}',
        '{"data":{"backoffLimit":1,"jobType":"manual"}}',
    ),
    Answered(
        "null in the place of settings stays",
        '{"data":{"settings":null,"jobType":"manual"}}',
        '{"data":{"settings":null,"jobType":"manual"}}',
    ),
    Answered(
        "bracketed path in an error",
        """{"error":"settings['backoffLimit'] and body[\\"settings\\"]"}""",
        """{"error":"backoffLimit and body[\\"settings\\"]"}""",
        status=400,
    ),
    Answered(
        "created",
        '{"data":{"settings":{"backoffLimit":1}}}',
        '{"data":{"backoffLimit":1}}',
        status=201,
        method="POST",
    ),
    Answered(
        "cron",
        '{"data":{"jobType":"cron","settings":{"backoffLimit":1,"cron":{"schedule":"x","suspended":true}}}}',
        '{"data":{"jobType":"cron","backoffLimit":1,"schedule":"x","suspended":true}}',
        path=f"{BASE}/jobs/cron",
    ),
    Answered(
        "patched", '{"data":{}}', '{"data":{}}', method="PATCH", path=f"{BASE}/jobs/manual/j", body='{"a":1}'
    ),
    Answered("no data", '{ "x" : 1 }', '{ "x" : 1 }'),
    Answered("data of text", '{"data":"x"}', '{"data":"x"}'),
    Answered(
        "another type than asked is relayed",
        '{"data":{"jobType":"cron","settings":{"cron":{},"backoffLimit":1}}}',
        '{"data":{"jobType":"cron","settings":{"cron":{},"backoffLimit":1}}}',
    ),
    Answered("not JSON", '{"data":{"settings":', '{"data":{"settings":'),
    Answered(
        "NaN", '{"data":{"settings":{"backoffLimit":NaN}}}', '{"data":{"settings":{"backoffLimit":NaN}}}'
    ),
    Answered(
        "twice",
        '{"data":{"settings":{"backoffLimit":1,"backoffLimit":2}}}',
        '{"data":{"settings":{"backoffLimit":1,"backoffLimit":2}}}',
    ),
    Answered("array", "[1]", "[1]"),
    Answered("empty", "", ""),
    Answered(
        "error with a path in its text",
        '{"error":{"message":"\\"settings.backoffLimit\\" must be a number","path":["settings","backoffLimit"]}}',  # noqa: E501
        '{"error":{"message":"\\"backoffLimit\\" must be a number","path":["backoffLimit"]}}',
        status=400,
    ),
    Answered(
        "error as text",
        "settings.cron.schedule is required",
        "schedule is required",
        status=422,
        path=f"{BASE}/jobs/cron",
        fields={"Content-Type": "text/plain; charset=utf-8"},
    ),
    Answered(
        "an error about another field",
        '{"error":"mysettings.backoffLimits"}',
        '{"error":"mysettings.backoffLimits"}',
        status=409,
    ),
    Answered(
        "server error", "oops", "oops", status=503, fields={"Content-Type": "text/html", "Retry-After": "3"}
    ),
    Answered(
        "must not be transformed",
        '{"data":{"settings":{"backoffLimit":1}}}',
        '{"data":{"settings":{"backoffLimit":1}}}',
        fields={"Content-Type": "application/json", "Cache-Control": "private, no-transform"},
    ),
    Answered(
        "another media type",
        '{"data":{"settings":{"backoffLimit":1}}}',
        '{"data":{"settings":{"backoffLimit":1}}}',
        fields={"Content-Type": "application/octet-stream"},
    ),
]
