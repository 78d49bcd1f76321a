# run
# expect: rewrite
import requests

BODY = """
{
  "name": "Nightly",
  "backoffLimit": 0,
  "runtimeEnvironment": {"backoffLimit": "stays"},
  "activeDeadlineSeconds": null
}
"""
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", data=BODY, headers={"Content-Type": "application/json"}, timeout=10)
