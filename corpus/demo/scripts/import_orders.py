"""Creates or updates the order import from its definition."""

import json
import os

import requests

with open("jobs/import-orders.json", encoding="utf-8") as file:
    definition = json.load(file)

response = requests.put(
    "https://api.northflank.com/v1/projects/shop/jobs/manual",
    headers={"Authorization": f"Bearer {os.environ['NORTHFLANK_TOKEN']}"},
    json=definition,
    timeout=30,
)
response.raise_for_status()
