import requests

requests.post("http://localhost:8000/jobs/manual", json={"name": "x"})
requests.put("http://worker:9000/jobs/manual", json={"name": "x"})
