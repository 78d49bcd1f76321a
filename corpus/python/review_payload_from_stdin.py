# expect: review http-call
import json
import sys

import requests

payload = json.load(sys.stdin)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
