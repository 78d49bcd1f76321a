# run
from concurrent.futures import ThreadPoolExecutor

import requests

URL = "https://api.northflank.com/v1/projects/web/jobs/manual"
with ThreadPoolExecutor() as executor:
    future = executor.submit(requests.put, URL, json={"name": "n", "backoffLimit": 1}, timeout=9)
    print(future.result().json()["data"]["backoffLimit"])
# output
from concurrent.futures import ThreadPoolExecutor

import requests

URL = "https://api.northflank.com/v1/projects/web/jobs"
with ThreadPoolExecutor() as executor:
    future = executor.submit(requests.put, URL, json={"name": "n", "settings": {"backoffLimit": 1}}, timeout=9)
    print(future.result().json()["data"]["settings"]["backoffLimit"])
