# run
import requests


class Northflank:
    BASE = "https://api.northflank.com/v1"

    def __init__(self, project, team=None):
        self.prefix = f"/teams/{team}/projects/{project}" if team else f"/projects/{project}"

    def _headers(self, extra=None):
        headers = {"Authorization": "Bearer t", "Content-Type": "application/json"}
        headers.update(extra or {})
        return headers

    def send(self, method, path, data=None):
        return requests.request(method, f"{self.BASE}{self.prefix}{path}", headers=self._headers(), json=data, timeout=9)

    def put(self, path, data):
        return self.send("PUT", path, data)

    def deploy(self, job):
        payload = {
            "name": job,
            # tried again once
            "backoffLimit": 1,
            "deployment": {"internal": {"id": "x"}},
        }
        response = self.put("/jobs/manual", payload)
        if response.status_code not in (200, 201):
            raise SystemExit(f"{response.status_code}: {response.text}")
        return response.json()["data"]


print(Northflank("web").deploy("n")["id"])
# output
import requests


class Northflank:
    BASE = "https://api.northflank.com/v1"

    def __init__(self, project, team=None):
        self.prefix = f"/teams/{team}/projects/{project}" if team else f"/projects/{project}"

    def _headers(self, extra=None):
        headers = {"Authorization": "Bearer t", "Content-Type": "application/json"}
        headers.update(extra or {})
        return headers

    def send(self, method, path, data=None):
        return requests.request(method, f"{self.BASE}{self.prefix}{path}", headers=self._headers(), json=data, timeout=9)

    def put(self, path, data):
        return self.send("PUT", path, data)

    def deploy(self, job):
        payload = {
            "name": job,
            "settings": {
                # tried again once
                "backoffLimit": 1,
            },
            "deployment": {"internal": {"id": "x"}},
        }
        response = self.put("/jobs", payload)
        if response.status_code not in (200, 201):
            raise SystemExit(f"{response.status_code}: {response.text}")
        return response.json()["data"]


print(Northflank("web").deploy("n")["id"])
