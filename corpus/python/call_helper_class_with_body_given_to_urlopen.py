# run
import json
import urllib.error
import urllib.request


class NF:
    base = "https://api.northflank.com/v1"

    def api(self, method, endpoint, data=None, retries=2):
        for attempt in range(retries):
            req = urllib.request.Request(f"{self.base}{endpoint}", method=method)
            req.add_header("Content-Type", "application/json")
            payload = json.dumps(data).encode() if data else None
            try:
                with urllib.request.urlopen(req, payload, timeout=30) as resp:
                    return resp.status, json.loads(resp.read())
            except urllib.error.HTTPError as err:
                if attempt == retries - 1:
                    return err.code, {"error": err.read().decode()}
        return 0, {}


status, result = NF().api("POST", "/projects/web/jobs/manual", {"name": "n", "backoffLimit": 3})
print(status, result.get("data", {}).get("id"))
# output
import json
import urllib.error
import urllib.request


class NF:
    base = "https://api.northflank.com/v1"

    def api(self, method, endpoint, data=None, retries=2):
        for attempt in range(retries):
            req = urllib.request.Request(f"{self.base}{endpoint}", method=method)
            req.add_header("Content-Type", "application/json")
            payload = json.dumps(data).encode() if data else None
            try:
                with urllib.request.urlopen(req, payload, timeout=30) as resp:
                    return resp.status, json.loads(resp.read())
            except urllib.error.HTTPError as err:
                if attempt == retries - 1:
                    return err.code, {"error": err.read().decode()}
        return 0, {}


status, result = NF().api("POST", "/projects/web/jobs", {"name": "n", "settings": {"backoffLimit": 3}})
print(status, result.get("data", {}).get("id"))
