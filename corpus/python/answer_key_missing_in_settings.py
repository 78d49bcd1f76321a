# run
# expect: either
import requests

response = requests.patch("https://api.northflank.com/v1/projects/web/jobs/manual/nightly", json={"description": "x"}, timeout=10)
print(response.json()["data"].get("backoffLimit", "unset"))
