import responses

import deploy


@responses.activate
def test_put():
    responses.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"data": {"id": "nightly"}})
    deploy.run()
    assert len(responses.calls) == 1


@responses.activate
def test_add():
    responses.add(responses.PUT, "https://api.northflank.com/v1/projects/web/jobs/manual", json={"data": {"id": "nightly"}}, status=200)
    deploy.run()
# output
import responses

import deploy


@responses.activate
def test_put():
    responses.put("https://api.northflank.com/v1/projects/web/jobs", json={"data": {"id": "nightly"}})
    deploy.run()
    assert len(responses.calls) == 1


@responses.activate
def test_add():
    responses.add(responses.PUT, "https://api.northflank.com/v1/projects/web/jobs", json={"data": {"id": "nightly"}}, status=200)
    deploy.run()
