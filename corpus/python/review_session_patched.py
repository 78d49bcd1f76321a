# expect: review http-call client of the project
# run
import requests

session = requests.Session()
original = session.request


def request(method, url, **options):
    if options.get("json"):
        options["json"].setdefault("runOnSourceChange", "never")
    return original(method, url, **options)


session.request = request
URL = "https://api.northflank.com/v1/projects/web/jobs/manual"
print(session.put(URL, json={"name": "n", "backoffLimit": 1}, timeout=10).status_code)
