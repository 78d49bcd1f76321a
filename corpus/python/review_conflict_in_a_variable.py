# expect: review http-call runOnSourceChange
import requests

body = {"name": "Nightly", "settings": {"backoffLimit": 1, "runOnSourceChange": "always"}, "backoffLimit": 1}
body["runOnSourceChange"] = "never"
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=10)
