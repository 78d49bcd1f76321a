# run
import json

import requests


class Client:
    url = "https://api.northflank.com/v1"

    def do(self, method, path, data=None):
        kwargs = {"headers": {"Content-Type": "application/json"}, "timeout": 20}
        if data is not None:
            kwargs["data"] = json.dumps(data)
        response = requests.request(method, self.url + path, **kwargs)
        try:
            return response.status_code, response.json()
        except ValueError:
            return response.status_code, response.text


status, body = Client().do("PUT", "/projects/web/jobs/manual", {"name": "n", "backoffLimit": 1})
print(status, body["data"]["id"])
# output
import json

import requests


class Client:
    url = "https://api.northflank.com/v1"

    def do(self, method, path, data=None):
        kwargs = {"headers": {"Content-Type": "application/json"}, "timeout": 20}
        if data is not None:
            kwargs["data"] = json.dumps(data)
        response = requests.request(method, self.url + path, **kwargs)
        try:
            return response.status_code, response.json()
        except ValueError:
            return response.status_code, response.text


status, body = Client().do("PUT", "/projects/web/jobs", {"name": "n", "settings": {"backoffLimit": 1}})
print(status, body["data"]["id"])
