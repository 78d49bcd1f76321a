# run
# expect: either
from concurrent.futures import ThreadPoolExecutor

import requests

with ThreadPoolExecutor(1) as pool:
    future = pool.submit(
        requests.put, "https://api.northflank.com/v1/projects/web/jobs/manual", json={"name": "Nightly", "backoffLimit": 0}, timeout=10
    )
    print(future.result().status_code)
