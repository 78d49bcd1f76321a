# run
import requests

API = "https://api.northflank.com/v1"


class Client:
    def _call(self, verb, path, data=None, params=None):
        response = requests.request(verb, f"{API}{path}", json=data, params=params, timeout=30)
        if response.status_code == 404:
            return {}
        response.raise_for_status()
        return response.json()

    def pages(self, path):
        cursor = None
        while True:
            answer = self._call("GET", path, params={"cursor": cursor} if cursor else None)
            yield from answer.get("data", {}).get("services", [])
            cursor = answer.get("pagination", {}).get("cursor")
            if not cursor:
                return

    def ensure(self, project):
        for job in self.pages(f"/projects/{project}/services"):
            if job["name"] == "n":
                return job
        return self._call("POST", f"/projects/{project}/jobs/manual", {"name": "n", "backoffLimit": 2})


print(Client().ensure("web").get("data", {}).get("id"))
# output
import requests

API = "https://api.northflank.com/v1"


class Client:
    def _call(self, verb, path, data=None, params=None):
        response = requests.request(verb, f"{API}{path}", json=data, params=params, timeout=30)
        if response.status_code == 404:
            return {}
        response.raise_for_status()
        return response.json()

    def pages(self, path):
        cursor = None
        while True:
            answer = self._call("GET", path, params={"cursor": cursor} if cursor else None)
            yield from answer.get("data", {}).get("services", [])
            cursor = answer.get("pagination", {}).get("cursor")
            if not cursor:
                return

    def ensure(self, project):
        for job in self.pages(f"/projects/{project}/services"):
            if job["name"] == "n":
                return job
        return self._call("POST", f"/projects/{project}/jobs", {"name": "n", "settings": {"backoffLimit": 2}})


print(Client().ensure("web").get("data", {}).get("id"))
