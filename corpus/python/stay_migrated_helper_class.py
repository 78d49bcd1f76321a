# run
import requests


class Northflank:
    base = "https://api.northflank.com/v1"

    def request(self, method, path, body=None):
        return requests.request(method, self.base + path, json=body, timeout=10).json()


api = Northflank()
print(api.request("PUT", "/projects/web/jobs", {"name": "x y", "settings": {"backoffLimit": 1}})["data"]["settings"])
api.request("GET", "/projects/web/jobs/manual")
api.request("DELETE", "/projects/web/jobs/cron")
api.request("POST", "/projects/web/jobs/manual/runs", {})
