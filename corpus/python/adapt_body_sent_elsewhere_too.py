# flags: --adapt
# expect: either
import requests

body = {"name": "x", "backoffLimit": 2}
requests.put("https://api.northflank.com/v1/projects/shop/jobs/manual", json=body)
requests.post("https://other.example.com/audit", json=body)
