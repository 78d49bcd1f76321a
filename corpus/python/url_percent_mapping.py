# run
import requests

requests.put("https://api.northflank.com/v1/projects/%(project)s/jobs/manual" % {"project": "web"}, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
# output
import requests

requests.put("https://api.northflank.com/v1/projects/%(project)s/jobs" % {"project": "web"}, json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
