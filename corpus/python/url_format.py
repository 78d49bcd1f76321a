# run
import requests

URL = "https://api.northflank.com/v1/projects/{project}/jobs/manual"
requests.put(URL.format(project="web"), json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
requests.put("https://api.northflank.com/v1/projects/{}/jobs/manual".format("web"), json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
# output
import requests

URL = "https://api.northflank.com/v1/projects/{project}/jobs"
requests.put(URL.format(project="web"), json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
requests.put("https://api.northflank.com/v1/projects/{}/jobs".format("web"), json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
