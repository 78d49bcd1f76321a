"""A small client of the Northflank API."""
import requests


class Api:
    def __init__(self, base="https://api.northflank.com/v1"):
        self.base = base

    def request(self, method, path, payload=None):
        return requests.request(method, self.base + path, json=payload, timeout=10)
