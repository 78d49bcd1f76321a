import re

import responses

import deploy


@responses.activate
def test_put():
    responses.add(responses.PUT, re.compile(r"https://api.northflank.com/v1/projects/web/jobs/manual/?$"), json={})
    deploy.run()
# output
import re

import responses

import deploy


@responses.activate
def test_put():
    responses.add(responses.PUT, re.compile(r"https://api.northflank.com/v1/projects/web/jobs/?$"), json={})
    deploy.run()
