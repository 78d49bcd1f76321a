# run
import requests


class Deployer:
    def __init__(self):
        self.http = requests.Session()

    def deploy(self):
        self.http.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0})
        self.http.close()


Deployer().deploy()
# output
import requests


class Deployer:
    def __init__(self):
        self.http = requests.Session()

    def deploy(self):
        self.http.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}})
        self.http.close()


Deployer().deploy()
