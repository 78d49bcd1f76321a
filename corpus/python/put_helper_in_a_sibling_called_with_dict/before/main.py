from api import put_manual_job

print(put_manual_job("web", {"name": "Nightly", "backoffLimit": 0}).status_code)
