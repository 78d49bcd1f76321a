"""Reads the definition from standard input, so nobody can say what is in it."""

import json
import os
import sys

import requests

payload = json.loads(sys.stdin.read() or '{"name": "Nightly", "backoffLimit": 0}')
response = requests.put(os.environ["NORTHFLANK_API_URL"] + "/v1/projects/web/jobs/manual", json=payload, timeout=10)
print(response.status_code)
