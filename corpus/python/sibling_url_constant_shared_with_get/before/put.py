import requests

import endpoints


def put():
    return requests.put(endpoints.MANUAL, json={"name": "Nightly", "backoffLimit": 0}, timeout=10)
