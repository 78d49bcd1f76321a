# run
import json
import os
import urllib.error
import urllib.request

BASE = os.environ.get("NORTHFLANK_API_URL", "https://api.northflank.com") + "/v1"


class ApiError(Exception):
    pass


class Api:
    def _request(self, method, path, data=None):
        body = json.dumps(data).encode("utf-8") if data is not None else None
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(BASE + path, data=body, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request) as response:
                raw = response.read()
                return json.loads(raw) if raw else {}
        except urllib.error.HTTPError as error:
            raise ApiError(f"{method} {path}: {error.code} {error.read().decode()}") from error

    def put_job(self, project, job):
        return self._request("PUT", f"/projects/{project}/jobs/manual", job)


print(Api().put_job("web", {"name": "n", "backoffLimit": 1}).get("data", {}).get("id"))
# output
import json
import os
import urllib.error
import urllib.request

BASE = os.environ.get("NORTHFLANK_API_URL", "https://api.northflank.com") + "/v1"


class ApiError(Exception):
    pass


class Api:
    def _request(self, method, path, data=None):
        body = json.dumps(data).encode("utf-8") if data is not None else None
        headers = {"Accept": "application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        request = urllib.request.Request(BASE + path, data=body, headers=headers, method=method)
        try:
            with urllib.request.urlopen(request) as response:
                raw = response.read()
                return json.loads(raw) if raw else {}
        except urllib.error.HTTPError as error:
            raise ApiError(f"{method} {path}: {error.code} {error.read().decode()}") from error

    def put_job(self, project, job):
        return self._request("PUT", f"/projects/{project}/jobs", job)


print(Api().put_job("web", {"name": "n", "settings": {"backoffLimit": 1}}).get("data", {}).get("id"))
