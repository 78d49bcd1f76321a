from scheduler import api

api.create.job.manual(name="x", retries=3)
api.put.job.cron("x", "* * * * *")
job.manual(data={"name": "x"})
