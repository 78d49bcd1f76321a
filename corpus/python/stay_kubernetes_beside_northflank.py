# run
"""Compares a Kubernetes job with the job at Northflank."""
import requests

KUBERNETES = {"kind": "Job", "spec": {"backoffLimit": 4, "activeDeadlineSeconds": 60}}
answer = requests.get("https://api.northflank.com/v1/projects/web/jobs/report", timeout=10)
print(answer.status_code, KUBERNETES["spec"]["backoffLimit"])
