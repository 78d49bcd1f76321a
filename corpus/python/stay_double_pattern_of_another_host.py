import re

import responses

import deploy


@responses.activate
def test_put():
    responses.add(responses.PUT, re.compile(r"https://ci\.example\.com/api/jobs/manual$"), json={})
    deploy.run()
