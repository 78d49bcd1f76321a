"""Request files: `.http`, `.rest` and Bruno."""

from __future__ import annotations

import pytest

from tests.find.planned import planned

HTTP = """@host = https://api.northflank.com
### Put the job
PUT {{host}}/v1/projects/{{project}}/jobs/manual HTTP/1.1
Authorization: Bearer {{token}}
Content-Type: application/json

{
  "name": "x",
  "backoffLimit": {{tries}},
  "runOnSourceChange": "never"
}

### Read it: here the last segment is its ID
GET {{host}}/v1/projects/{{project}}/jobs/manual

### Patch
PATCH https://api.northflank.com/v1/projects/p/jobs/manual/x
Content-Type: application/json

{"backoffLimit": 1}
"""
NEW_HTTP = """@host = https://api.northflank.com
### Put the job
PUT {{host}}/v1/projects/{{project}}/jobs HTTP/1.1
Authorization: Bearer {{token}}
Content-Type: application/json

{
  "name": "x",
  "settings": {
    "backoffLimit": {{tries}},
    "runOnSourceChange": "never"
  }
}

### Read it: here the last segment is its ID
GET {{host}}/v1/projects/{{project}}/jobs/manual

### Patch
PATCH https://api.northflank.com/v1/projects/p/jobs/x
Content-Type: application/json

{"settings": {"backoffLimit": 1}}
"""
BRUNO = """meta {
  name: Put manual job
  type: http
}

put {
  url: https://api.northflank.com/v1/projects/p/jobs/manual
  body: json
}

body:json {
  {
    "name": "x",
    "backoffLimit": 0
  }
}
"""
NEW_BRUNO = """meta {
  name: Put manual job
  type: http
}

put {
  url: https://api.northflank.com/v1/projects/p/jobs
  body: json
}

body:json {
  {
    "name": "x",
    "settings": {
      "backoffLimit": 0
    }
  }
}
"""


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("a.http", HTTP, NEW_HTTP),
        ("a.rest", HTTP.replace("\n", "\r\n"), NEW_HTTP.replace("\n", "\r\n")),
        ("a.bru", BRUNO, NEW_BRUNO),
    ],
)
def test_requests_are_rewritten(path: str, before: str, after: str) -> None:
    """URL and body change together; other requests stay."""
    result = planned({path: before})

    assert result.text == after
    assert planned({path: result.text}).uses == []


def test_other_hosts_stay() -> None:
    """Another vendor's endpoint is nobody's business."""
    text = 'PUT https://other.example/jobs/manual\n\n{"backoffLimit": 0}\n'

    assert planned({"a.http": text}).uses == []


def test_a_body_file_moves_with_the_request() -> None:
    """`< file` ties request and file."""
    request = "POST https://api.northflank.com/v1/projects/p/jobs/manual\nX: y\n\n< ./job.json\n"
    result = planned({"d/a.http": request, "d/job.json": '{"name": "x", "backoffLimit": 0}'})

    assert result.texts == {
        "d/a.http": request.replace("/manual", ""),
        "d/job.json": '{"name": "x", "settings": {"backoffLimit": 0}}',
    }


def test_a_missing_body_file_is_left_to_a_person() -> None:
    """The request stays until its body can be seen."""
    request = "POST https://api.northflank.com/v1/projects/p/jobs/manual\nX: y\n\n< ./job.json\n"
    result = planned({"a.http": request})

    assert result.kinds == [("http-call", "review")]
    assert "can't be read" in result.uses[0].message


def with_script(script: str) -> str:
    """A request with a script that gets its answer."""
    return HTTP.split("### Read", maxsplit=1)[0].replace('never"\n}\n', f'never"\n}}\n\n> {{% {script} %}}\n')


@pytest.mark.parametrize(
    "script",
    [
        "client.log(response.body.data.backoffLimit)",
        "const job = response.body; client.log(job?.data.backoffLimit)",
    ],
)
def test_a_script_that_reads_a_moved_key_moves_with_its_request(script: str) -> None:
    """What surely reads the answer is rewritten with the request."""
    result = planned({"a.http": with_script(script)})

    assert "data.settings.backoffLimit" in result.text
    assert result.kinds == [("http-call", "rewrite")]
    assert planned({"a.http": result.text}).uses == []


@pytest.mark.parametrize(
    "script",
    [
        "let job = response.body; job = x; client.log(job.data.backoffLimit)",
        "client.log(response.body.data['backoffLimit'])",
        "const { backoffLimit } = response.body.data",
        "client.log(other.data.backoffLimit)",
    ],
)
def test_a_script_that_is_not_followed_holds_its_request_back(script: str) -> None:
    """A migrated request with an old read would be broken."""
    text = with_script(script)
    result = planned({"a.http": text})

    assert result.text == text
    assert ("http-call", "review") in result.kinds


def test_a_handler_in_another_file_holds_the_request_back() -> None:
    """`> handler.js` gets the answer; where it names a moved key, a person looks at it."""
    text = HTTP.split("### Read", maxsplit=1)[0] + "\n> ./handler.js\n"
    read = "client.log(response.body.data.backoffLimit)\n"

    assert planned({"a.http": text, "handler.js": read}).kinds == [("http-call", "review")]
    assert planned({"a.http": text, "handler.js": "client.log(1)\n"}).kinds == [("http-call", "rewrite")]


def test_a_reference_to_a_named_request_moves_with_it() -> None:
    """VS Code's `{{name.response.body.…}}` in another request reads the answer."""
    text = (
        "# @name put\nPUT https://api.northflank.com/v1/projects/p/jobs/manual\nX: y\n\n"
        '{"name": "x", "backoffLimit": 0}\n\n###\nGET https://x.example/{{put.response.body.$.data.backoffLimit}}\n'
    )
    result = planned({"a.http": text})

    assert result.text.endswith("{{put.response.body.$.data.settings.backoffLimit}}\n")
    assert planned({"a.http": result.text}).uses == []


def test_a_request_written_as_curl_is_a_shell_command() -> None:
    """VS Code sends a curl command as a request."""
    text = (
        "### by curl\ncurl -X PUT https://api.northflank.com/v1/projects/p/jobs/manual \\\n"
        "  -d '{\"backoffLimit\": 0}'\n\n### other\nGET https://x.example/curl x\n"
    )
    result = planned({"a.http": text})

    assert result.text == text.replace("/manual", "").replace(
        '"backoffLimit": 0', '"settings": {"backoffLimit": 0}'
    )
    assert planned({"a.http": result.text}).uses == []
