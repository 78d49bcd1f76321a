# run
# expect: either
import requests

requests.put("https://api.northflank.com/v1/projects/{}/jobs/manual?note={{x}}".format("web"), json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
requests.put("https://api.northflank.com/v1/projects/%s/jobs/manual?note=%%41" % "web", json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
