# run
import os
import time

import requests


class Northflank:
    def __init__(self, token=None, team=None):
        self.base = os.environ.get("NORTHFLANK_API_URL", "https://api.northflank.com") + "/v1"
        if team:
            self.base = f"{self.base}/teams/{team}"
        self.token = token or "t"

    def request(self, method, path, json=None):
        headers = {"Authorization": f"Bearer {self.token}"}
        for attempt in range(3):
            response = requests.request(method, f"{self.base}{path}", json=json or None, headers=headers, timeout=10)
            if response.status_code < 500:
                break
            time.sleep(attempt)
        response.raise_for_status()
        return response.json()


client = Northflank()
answer = client.request("PUT", "/projects/web/jobs/manual", {"name": "n", "backoffLimit": 1})
print(answer.get("data", {}).get("id"))
print(answer["data"]["backoffLimit"])
# output
import os
import time

import requests


class Northflank:
    def __init__(self, token=None, team=None):
        self.base = os.environ.get("NORTHFLANK_API_URL", "https://api.northflank.com") + "/v1"
        if team:
            self.base = f"{self.base}/teams/{team}"
        self.token = token or "t"

    def request(self, method, path, json=None):
        headers = {"Authorization": f"Bearer {self.token}"}
        for attempt in range(3):
            response = requests.request(method, f"{self.base}{path}", json=json or None, headers=headers, timeout=10)
            if response.status_code < 500:
                break
            time.sleep(attempt)
        response.raise_for_status()
        return response.json()


client = Northflank()
answer = client.request("PUT", "/projects/web/jobs", {"name": "n", "settings": {"backoffLimit": 1}})
print(answer.get("data", {}).get("id"))
print(answer["data"]["settings"]["backoffLimit"])
