# expect: rewrite
import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs/put-job", json={"name": "Nightly", "settings": {"backoffLimit": 0}}, timeout=10)
