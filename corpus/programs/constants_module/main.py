import requests

from jobs import endpoints, payloads

response = requests.put(endpoints.put_manual("web"), json=payloads.NIGHTLY, timeout=10)
print(response.status_code, response.json()["data"]["id"])
