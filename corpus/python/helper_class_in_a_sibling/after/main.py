from api import Api

api = Api()
print(api.request("POST", "/projects/web/jobs", {"name": "Nightly", "settings": {"backoffLimit": 0}}).status_code)
