import os

from requests import post

url = "/".join([os.environ["NORTHFLANK_API_URL"], "v1", "projects", "web", "jobs", "manual"])
response = post(url, json={"name": "Import", "backoffLimit": 1, "activeDeadlineSeconds": 30}, timeout=10)
print(response.status_code, response.json()["data"]["activeDeadlineSeconds"])
