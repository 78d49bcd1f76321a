# expect: review http-call client of the project
# expect: review response-read
# run
import requests


class Session(requests.Session):
    def request(self, method, url, **options):
        if "json" in options:
            options["json"] = dict(options["json"], backoffLimit=7)
        return super().request(method, "https://api.northflank.com/v1" + url, **options)


session = Session()
answer = session.put("/projects/web/jobs/manual", json={"name": "n", "backoffLimit": 1})
print(answer.json()["data"]["backoffLimit"])
