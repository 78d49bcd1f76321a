from finch import Finch

client = Finch()
job = client.jobs.manual.retrieve("26e5ac3b")
created = client.jobs.automated.create(type="data_sync_all")
print(job.status, client.sandbox.jobs.create(type="data_sync_all"))
