import re

import deploy


def test_put(requests_mock):
    requests_mock.put(re.compile(r"^https://api\.northflank\.com/v1/projects/.+/jobs/manual"), json={"data": {"id": "n"}})
    deploy.run()
# output
import re

import deploy


def test_put(requests_mock):
    requests_mock.put(re.compile(r"^https://api\.northflank\.com/v1/projects/.+/jobs"), json={"data": {"id": "n"}})
    deploy.run()
