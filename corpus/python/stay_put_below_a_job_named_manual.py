import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs/manual/deployment", json={"docker": {"configType": "default"}})
requests.post("https://api.northflank.com/v1/projects/web/jobs/manual/settings", json={"backoffLimit": 3})
