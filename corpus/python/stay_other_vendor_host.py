import requests

requests.get("https://api.tryfinch.com/jobs/manual/26e5ac3b", headers={"Finch-API-Version": "2020-09-17"})
requests.post("https://api.tryfinch.com/jobs/manual", json={"name": "sync"})
requests.patch("https://api.tryfinch.com/jobs/manual/26e5ac3b", json={"name": "sync"})
