# run
# expect: either
import requests


class Base:
    def body(self):
        return {"name": "Nightly", "backoffLimit": 0}

    def put(self):
        return requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=self.body(), timeout=10)


class Relaxed(Base):
    def body(self):
        return {"name": "Relaxed", "backoffLimit": 8, "description": "x"}


Base().put()
Relaxed().put()
