import requests


def projects():
    return requests.get("https://api.northflank.com/v1/projects", timeout=10).json()
