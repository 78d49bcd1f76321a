# run
# expect: either
import requests

payload = {
    "name": "Nightly",
    "backoffLimit": 0,
    "runOnSourceChange": """never
    twice
""",
    "description": """one
    two""",
}
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=payload, timeout=10)
