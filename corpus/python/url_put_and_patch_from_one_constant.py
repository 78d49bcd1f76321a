# run
import requests

URL = "https://api.northflank.com/v1/projects/web/jobs/manual"
requests.put(URL, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
requests.patch(f"{URL}/nightly", json={"backoffLimit": 1}, timeout=10)
# output
import requests

URL = "https://api.northflank.com/v1/projects/web/jobs"
requests.put(URL, json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
requests.patch(f"{URL}/nightly", json={"settings": {"backoffLimit": 1}}, timeout=10)
