# run
import requests


def on_done(data):
    print("done", data["backoffLimit"])


def put(callback):
    url = "https://api.northflank.com/v1/projects/web/jobs/manual"
    answer = requests.put(url, json={"name": "n", "backoffLimit": 1}, timeout=9)
    callback(answer.json()["data"])


put(on_done)
put(lambda data: print(data.get("runOnSourceChange")))
# output
import requests


def on_done(data):
    print("done", data["settings"]["backoffLimit"])


def put(callback):
    url = "https://api.northflank.com/v1/projects/web/jobs"
    answer = requests.put(url, json={"name": "n", "settings": {"backoffLimit": 1}}, timeout=9)
    callback(answer.json()["data"])


put(on_done)
put(lambda data: print(data.get("settings", {}).get("runOnSourceChange")))
