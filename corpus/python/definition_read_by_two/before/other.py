import json


def other():
    with open("job.json") as file:
        print(json.load(file)["backoffLimit"])
