"""A client with the attribute paths of Northflank's JavaScript client."""

import os

import requests

_METHODS = {"get": "GET", "put": "PUT", "create": "POST", "patch": "PATCH"}


class _Call:
    def __init__(self, *names):
        self._names = names

    def __getattr__(self, name):
        return _Call(*self._names, name)

    def __call__(self, *, parameters, data):
        verb, resource, *kind = self._names
        url = "/".join([os.environ["NORTHFLANK_API_URL"], "v1/projects", parameters["projectId"], resource + "s", *kind])
        return requests.request(_METHODS[verb], url, json=data, timeout=10).json()


class ApiClient:
    def __getattr__(self, name):
        return _Call(name)
