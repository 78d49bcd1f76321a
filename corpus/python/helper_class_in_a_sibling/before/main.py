from api import Api

api = Api()
print(api.request("POST", "/projects/web/jobs/manual", {"name": "Nightly", "backoffLimit": 0}).status_code)
