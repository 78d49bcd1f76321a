# flags: --adapt
import requests


def put(payload):
    return requests.put("https://ci.example.com/jobs/manual", json=payload, timeout=10)
