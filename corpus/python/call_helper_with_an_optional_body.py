# run
import json
import urllib.request

API_BASE = "https://api.northflank.com/v1"
PROJECT = "web"


class Translator:
    def api(self, method, endpoint, data=None):
        url = f"{API_BASE}{endpoint}"
        body = json.dumps(data).encode() if data else None
        request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read().decode())

    def deploy(self, jobs):
        for job in jobs:
            docker = {}
            if job.get("cmd"):
                docker = {"configType": "customCommand", "customCommand": job["cmd"]}
            payload = {
                "name": job["name"],
                "billing": {"deploymentPlan": "nf-compute-10"},
                "deployment": {
                    "external": {"imagePath": job["image"]},
                    **({"docker": docker} if docker else {}),
                },
                # so that a refused connection is tried again
                "backoffLimit": 3,
            }
            answer = self.api("POST", f"/projects/{PROJECT}/jobs/manual", payload)
            print(answer.get("data", {}).get("id", job["name"]))


Translator().deploy([{"name": "a", "image": "x:1", "cmd": "make"}, {"name": "b", "image": "x:2"}])
# output
import json
import urllib.request

API_BASE = "https://api.northflank.com/v1"
PROJECT = "web"


class Translator:
    def api(self, method, endpoint, data=None):
        url = f"{API_BASE}{endpoint}"
        body = json.dumps(data).encode() if data else None
        request = urllib.request.Request(url, data=body, headers={"Content-Type": "application/json"}, method=method)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.loads(answer.read().decode())

    def deploy(self, jobs):
        for job in jobs:
            docker = {}
            if job.get("cmd"):
                docker = {"configType": "customCommand", "customCommand": job["cmd"]}
            payload = {
                "name": job["name"],
                "billing": {"deploymentPlan": "nf-compute-10"},
                "deployment": {
                    "external": {"imagePath": job["image"]},
                    **({"docker": docker} if docker else {}),
                },
                "settings": {
                    # so that a refused connection is tried again
                    "backoffLimit": 3,
                },
            }
            answer = self.api("POST", f"/projects/{PROJECT}/jobs", payload)
            print(answer.get("data", {}).get("id", job["name"]))


Translator().deploy([{"name": "a", "image": "x:1", "cmd": "make"}, {"name": "b", "image": "x:2"}])
