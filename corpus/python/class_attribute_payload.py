# run
# expect: either
import requests


class Job:
    payload = {"name": "Nightly", "backoffLimit": 0}

    def put(self):
        return requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=self.payload, timeout=10)


Job().put()
