import responses

import deploy


def answer(request):
    return 200, {}, '{"data": {"id": "nightly"}}'


@responses.activate
def test_put():
    responses.add_callback(responses.PUT, "https://api.northflank.com/v1/projects/web/jobs/manual", callback=answer)
    deploy.run()
# output
import responses

import deploy


def answer(request):
    return 200, {}, '{"data": {"id": "nightly"}}'


@responses.activate
def test_put():
    responses.add_callback(responses.PUT, "https://api.northflank.com/v1/projects/web/jobs", callback=answer)
    deploy.run()
