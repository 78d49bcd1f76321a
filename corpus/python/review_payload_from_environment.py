# expect: review http-call
import json
import os

import requests

requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=json.loads(os.environ["NORTHFLANK_JOB"]), timeout=10)
