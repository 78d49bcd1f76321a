from northflank_api import NorthflankApi

api = NorthflankApi()
job = api.create_manual_job("web", "Nightly", 3)
print(job["id"], job["backoffLimit"])
print(api.update_manual_job("web", job["id"], 5)["name"])
print(api.get_job("web", "manual"))
