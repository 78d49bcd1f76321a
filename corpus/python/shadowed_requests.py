# expect: either
from collections import UserDict


class Cache(UserDict):
    def put(self, key, value):
        self[key] = value


requests = Cache()
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", {"name": "Nightly", "backoffLimit": 0})
