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


def test_a_script_that_reads_a_moved_key_is_reported() -> None:
    """Reads of the answer in the file's scripts are named."""
    text = HTTP.split("### Read", maxsplit=1)[0].replace(
        'never"\n}\n', 'never"\n}\n\n> {% client.log(response.body.data.backoffLimit) %}\n'
    )

    assert planned({"a.http": text}).kinds == [("http-call", "rewrite"), ("response-read", "review")]
