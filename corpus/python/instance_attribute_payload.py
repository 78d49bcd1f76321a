# run
# expect: either
import requests


class Job:
    def __init__(self, limit):
        self.payload = {"name": "Nightly", "backoffLimit": limit}

    def put(self):
        return requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=self.payload, timeout=10)


Job(3).put()
