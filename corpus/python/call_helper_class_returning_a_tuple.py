# run
import requests

API = "https://api.northflank.com/v1"


class Client:
    def __init__(self):
        self.session = requests.Session()
        self.session.headers.update({"Authorization": "Bearer t"})

    def call(self, method, path, payload=None):
        response = self.session.request(method, API + path, json=payload if payload else None)
        if not response.ok:
            return response.status_code, None
        return response.status_code, response.json()


client = Client()
status, body = client.call("POST", "/projects/web/jobs/manual", {"name": "n", "backoffLimit": 1})
if status in (200, 201):
    print(body["data"]["backoffLimit"])
# output
import requests

API = "https://api.northflank.com/v1"


class Client:
    def __init__(self):
        self.session = requests.Session()
        self.session.headers.update({"Authorization": "Bearer t"})

    def call(self, method, path, payload=None):
        response = self.session.request(method, API + path, json=payload if payload else None)
        if not response.ok:
            return response.status_code, None
        return response.status_code, response.json()


client = Client()
status, body = client.call("POST", "/projects/web/jobs", {"name": "n", "settings": {"backoffLimit": 1}})
if status in (200, 201):
    print(body["data"]["settings"]["backoffLimit"])
