# run
import requests

codes = [
    requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": name, "backoffLimit": 0}, timeout=10).status_code
    for name in ("Nightly", "Hourly")
]
print(codes)
# output
import requests

codes = [
    requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": name, "settings": {"backoffLimit": 0}}, timeout=10).status_code
    for name in ("Nightly", "Hourly")
]
print(codes)
