import re

import responses

import deploy


@responses.activate
def test_put():
    responses.add(responses.PUT, re.compile(r"https://api\.northflank\.com/v1/projects/[^/]+/jobs/manual$"), json={"data": {"id": "nightly"}})
    deploy.run()
# output
import re

import responses

import deploy


@responses.activate
def test_put():
    responses.add(responses.PUT, re.compile(r"https://api\.northflank\.com/v1/projects/[^/]+/jobs$"), json={"data": {"id": "nightly"}})
    deploy.run()
