# run
import requests

with requests.Session() as session:
    session.headers["Authorization"] = "Bearer x"
    session.put("https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0})
    session.request("POST", "https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0})
# output
import requests

with requests.Session() as session:
    session.headers["Authorization"] = "Bearer x"
    session.put("https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}})
    session.request("POST", "https://api.northflank.com/v1/projects/web/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}})
