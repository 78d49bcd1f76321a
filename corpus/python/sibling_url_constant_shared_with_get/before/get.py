import requests

from endpoints import MANUAL


def get():
    return requests.get(MANUAL, timeout=10)
