import requests

from settings import API, MANUAL


class Client:
    def __init__(self, project):
        self.p = project

    def put(self, name):
        body = {"name": name, "backoffLimit": 1}
        return requests.put(API + MANUAL.format(project=self.p), json=body).json()["data"]["backoffLimit"]


print(Client("shop").put("x"))
