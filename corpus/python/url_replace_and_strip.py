# run
# expect: either
import requests

URL = "https://api.northflank.com/v1/projects/PROJECT/jobs/manual/"
requests.put(URL.rstrip("/").replace("PROJECT", "web"), json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
