from apscheduler.schedulers.blocking import BlockingScheduler

scheduler = BlockingScheduler()
scheduler.add_job(run, "cron", hour=3)
JOBS = {"jobs": ["manual", "cron"]}
