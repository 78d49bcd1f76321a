import requests


def put(body):
    return requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=9).status_code


def main():
    print(put({"name": "n", "backoffLimit": 1}))
