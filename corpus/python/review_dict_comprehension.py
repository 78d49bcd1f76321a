# expect: review http-call
import requests

config = load()
body = {key: value for key, value in config.items() if value is not None}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=10)
