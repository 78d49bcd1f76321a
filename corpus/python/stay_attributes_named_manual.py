class Job:
    manual = True
    cron = None


def kinds(job):
    return job.manual, job.cron, job.manual.backoffLimit
