# run
# expect: either
import requests

segments = ["https://api.northflank.com", "v1", "projects", "web", "jobs", "manual"]
requests.put("/".join(segments), json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
