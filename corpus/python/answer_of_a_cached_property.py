# run
import functools

import requests


class Job:
    @functools.cached_property
    def data(self):
        url = "https://api.northflank.com/v1/projects/web/jobs/manual"
        return requests.put(url, json={"name": "n", "backoffLimit": 1}, timeout=9).json()["data"]

    @property
    def retries(self):
        return self.data["backoffLimit"]


print(Job().retries)
# output
import functools

import requests


class Job:
    @functools.cached_property
    def data(self):
        url = "https://api.northflank.com/v1/projects/web/jobs"
        return requests.put(url, json={"name": "n", "settings": {"backoffLimit": 1}}, timeout=9).json()["data"]

    @property
    def retries(self):
        return self.data["settings"]["backoffLimit"]


print(Job().retries)
