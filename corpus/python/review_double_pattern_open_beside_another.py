# expect: review test-double without its end
import re

import responses

import deploy


@responses.activate
def test_put():
    responses.add(responses.PUT, re.compile(r"https://api\.northflank\.com/v1/projects/web/jobs/manual"), json={})
    responses.add(responses.PUT, "https://api.northflank.com/v1/projects/web/jobs/other/settings", json={"data": 2})
    deploy.run()
