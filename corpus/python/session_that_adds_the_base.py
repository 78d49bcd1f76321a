# run
import requests


class Session(requests.Session):
    def request(self, method, url, **options):
        options.setdefault("timeout", 10)
        return super().request(method, "https://api.northflank.com/v1" + url, **options)


session = Session()
print(session.put("/projects/web/jobs/manual", json={"name": "n", "backoffLimit": 1}).status_code)
# output
import requests


class Session(requests.Session):
    def request(self, method, url, **options):
        options.setdefault("timeout", 10)
        return super().request(method, "https://api.northflank.com/v1" + url, **options)


session = Session()
print(session.put("/projects/web/jobs", json={"name": "n", "settings": {"backoffLimit": 1}}).status_code)
