class Store:
    def put(self, path, body):
        print(path, body)


Store().put("jobs/manual", {"retries": 3})
Store().put("/jobs/cron", {"when": "* * * * *"})
