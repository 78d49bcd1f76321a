# expect: review http-call told apart
# run
import requests


class Url:
    MANUAL = "https://api.northflank.com/v1/projects/web/jobs/manual"
    ANY = "https://api.northflank.com/v1/projects/web/jobs"


def name(url):
    match url:
        case Url.MANUAL:
            return "manual"
        case Url.ANY:
            return "any"
    return "?"


print(requests.put(Url.MANUAL, json={"name": "n", "backoffLimit": 1}, timeout=10).status_code)
print(name(Url.MANUAL), name(Url.ANY))
