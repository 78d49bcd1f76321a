"""A client with the attribute paths of Northflank's JavaScript client."""

import json
import os
import urllib.request

_METHODS = {"get": "GET", "put": "PUT", "create": "POST", "patch": "PATCH"}


class _Call:
    def __init__(self, *names):
        self._names = names

    def __getattr__(self, name):
        return _Call(*self._names, name)

    def __call__(self, *, parameters, data=None):
        verb, resource, *kind = self._names
        path = f"/v1/projects/{parameters['projectId']}/{resource}s"
        parts = [*kind, *([parameters["jobId"]] if "jobId" in parameters else [])]
        request = urllib.request.Request(
            os.environ["NORTHFLANK_API_URL"] + "/".join([path, *parts]),
            data=json.dumps(data).encode() if data is not None else None,
            headers={"Content-Type": "application/json"},
            method=_METHODS[verb],
        )
        with urllib.request.urlopen(request) as response:
            return json.load(response)


class ApiClient:
    def __getattr__(self, name):
        return _Call(name)
