# run
# expect: either
import requests


class Job:
    def put(self):
        self.data = requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 4}, timeout=10).json()["data"]
        return self

    def retries(self):
        return self.data["backoffLimit"]


print(Job().put().retries())
