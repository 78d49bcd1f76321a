import requests

from payloads import nightly

requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=nightly("web"), timeout=10)
