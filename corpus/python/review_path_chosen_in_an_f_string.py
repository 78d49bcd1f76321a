# expect: review http-call other requests
# run
import requests


def send(kind, name):
    match kind:
        case "manual":
            path, extra = "jobs/manual", {"backoffLimit": 1}
        case _:
            path, extra = "jobs", {"settings": {"backoffLimit": 1}}
    return requests.put(f"https://api.northflank.com/v1/projects/p/{path}", json={"name": name, **extra}, timeout=9)


print(send("manual", "a").status_code, send("any", "b").status_code)
