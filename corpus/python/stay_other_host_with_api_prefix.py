import requests

requests.put("https://ci.example.com/v1/projects/web/jobs/manual", json={"ref": "main"})
