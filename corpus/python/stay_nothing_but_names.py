# The names alone: put, job, manual, cron, jobs.
put = job = manual = cron = jobs = None
print(put, job, manual, cron, jobs)
