# flags: --adapt
# run
# expect: rewrite
"""Puts a job at Northflank."""

from __future__ import annotations

import json

import requests

payload = json.loads('{"name": "Nightly", "backoffLimit": 0}')
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
