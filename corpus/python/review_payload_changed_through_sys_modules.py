# expect: review http-call sys.modules
# run
import sys

import requests

PAYLOAD = {"name": "Nightly", "backoffLimit": 1}
setattr(sys.modules[__name__], "PAYLOAD", {"name": "Nightly", "backoffLimit": 2})
print(requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=PAYLOAD, timeout=10).status_code)
