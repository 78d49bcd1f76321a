# run
import requests

project = "web"
requests.put("https://api.northflank.com/v1/projects/%s/jobs/manual" % project, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
requests.put("%s/projects/%s/jobs/manual" % ("https://api.northflank.com/v1", project), json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
# output
import requests

project = "web"
requests.put("https://api.northflank.com/v1/projects/%s/jobs" % project, json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
requests.put("%s/projects/%s/jobs" % ("https://api.northflank.com/v1", project), json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
