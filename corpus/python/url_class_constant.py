# run
import requests


class Api:
    BASE = "https://api.northflank.com/v1"
    MANUAL = "/jobs/manual"

    def put(self, project):
        return requests.put(
            self.BASE + f"/projects/{project}" + self.MANUAL,
            json={"name": "Nightly", "backoffLimit": 0},
            timeout=10,
        )


print(Api().put("web").status_code)
# output
import requests


class Api:
    BASE = "https://api.northflank.com/v1"
    MANUAL = "/jobs"

    def put(self, project):
        return requests.put(
            self.BASE + f"/projects/{project}" + self.MANUAL,
            json={"name": "Nightly", "settings": {"backoffLimit": 0}},
            timeout=10,
        )


print(Api().put("web").status_code)
