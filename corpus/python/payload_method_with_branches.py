# run
# expect: either
import requests


class Builder:
    def body(self, fast):
        if fast:
            return {"name": "Nightly", "backoffLimit": 0}
        result = {"name": "Nightly", "backoffLimit": 2}
        result["activeDeadlineSeconds"] = 5
        return result


builder = Builder()
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=builder.body(True), timeout=10)
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", json=builder.body(False), timeout=10)
