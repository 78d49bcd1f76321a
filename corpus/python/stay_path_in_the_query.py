import requests

requests.put("https://api.northflank.com/v1/projects/web?next=/jobs/manual", json={"name": "web"})
requests.put("https://api.northflank.com/v1/projects/web#/jobs/manual", json={"name": "web"})
