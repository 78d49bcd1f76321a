# run
import httpx

with httpx.Client(base_url="https://api.northflank.com/v1/projects/web") as client:
    client.put("/jobs/manual", json={"name": "Nightly", "backoffLimit": 0})
    client.patch("jobs/manual/nightly", json={"backoffLimit": 1})
# output
import httpx

with httpx.Client(base_url="https://api.northflank.com/v1/projects/web") as client:
    client.put("/jobs", json={"name": "Nightly", "settings": {"backoffLimit": 0}})
    client.patch("jobs/nightly", json={"settings": {"backoffLimit": 1}})
