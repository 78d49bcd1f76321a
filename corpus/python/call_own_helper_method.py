# run
import requests


class Northflank:
    base = "https://api.northflank.com/v1"

    def request(self, method, path, body=None):
        return requests.request(method, self.base + path, json=body, timeout=10).json()

    def put_job(self, project, payload_name):
        return self.request("PUT", f"/projects/{project}/jobs/manual", {"name": payload_name, "backoffLimit": 0})

    def get_job(self, project):
        return self.request("GET", f"/projects/{project}/jobs/manual")


Northflank().put_job("web", "Nightly")
Northflank().get_job("web")
# output
import requests


class Northflank:
    base = "https://api.northflank.com/v1"

    def request(self, method, path, body=None):
        return requests.request(method, self.base + path, json=body, timeout=10).json()

    def put_job(self, project, payload_name):
        return self.request("PUT", f"/projects/{project}/jobs", {"name": payload_name, "settings": {"backoffLimit": 0}})

    def get_job(self, project):
        return self.request("GET", f"/projects/{project}/jobs/manual")


Northflank().put_job("web", "Nightly")
Northflank().get_job("web")
