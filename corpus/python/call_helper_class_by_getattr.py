# run
import os

import requests


class Base:
    def __init__(self):
        self.root = os.getenv("NORTHFLANK_API_URL", "https://api.northflank.com")

    def api(self, method, endpoint, data=None):
        response = getattr(requests, method.lower())(f"{self.root}/v1{endpoint}", json=data or {}, timeout=30)
        if response.status_code >= 400:
            return None
        return response.json()


class Jobs(Base):
    def put(self, project):
        return self.api("PUT", f"/projects/{project}/jobs/manual", {"name": "n", "backoffLimit": 1})

    def patch(self, project, job):
        return self.api("PATCH", f"/projects/{project}/jobs/manual/{job}", dict(backoffLimit=2))


jobs = Jobs()
print((jobs.put("web") or {}).get("data", {}).get("id"))
print((jobs.patch("web", "n") or {}).get("data", {}).get("id"))
# output
import os

import requests


class Base:
    def __init__(self):
        self.root = os.getenv("NORTHFLANK_API_URL", "https://api.northflank.com")

    def api(self, method, endpoint, data=None):
        response = getattr(requests, method.lower())(f"{self.root}/v1{endpoint}", json=data or {}, timeout=30)
        if response.status_code >= 400:
            return None
        return response.json()


class Jobs(Base):
    def put(self, project):
        return self.api("PUT", f"/projects/{project}/jobs", {"name": "n", "settings": {"backoffLimit": 1}})

    def patch(self, project, job):
        return self.api("PATCH", f"/projects/{project}/jobs/{job}", dict(settings=dict(backoffLimit=2)))


jobs = Jobs()
print((jobs.put("web") or {}).get("data", {}).get("id"))
print((jobs.patch("web", "n") or {}).get("data", {}).get("id"))
