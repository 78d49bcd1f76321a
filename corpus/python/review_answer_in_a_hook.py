# expect: review http-call hook
import requests

session = requests.Session()
session.hooks["response"].append(lambda r, *a, **k: print(r.json()["data"].get("backoffLimit")))
session.put("https://api.northflank.com/v1/projects/shop/jobs/manual", json={"name": "x", "backoffLimit": 2})
