# expect: review http-call not known here
# run
import threading

import requests


def put(body):
    print(requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=body, timeout=9).status_code)


put({"name": "n", "backoffLimit": 1})
thread = threading.Thread(target=put, kwargs={"body": {"name": "m", "backoffLimit": 2}})
thread.start()
thread.join()
