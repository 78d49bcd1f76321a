"""Northflank job archive."""
import json

with open("archive/jobs/manual/2024.json") as file:
    print(len(json.load(file)))
