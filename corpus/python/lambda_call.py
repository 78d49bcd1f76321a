# run
import requests

put = lambda name: requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": name, "backoffLimit": 0}, timeout=10)
put("Nightly")
# output
import requests

put = lambda name: requests.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": name, "settings": {"backoffLimit": 0}}, timeout=10)
put("Nightly")
