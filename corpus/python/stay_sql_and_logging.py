import logging

logging.getLogger("jobs.manual").info("jobs/manual done: %s", "jobs/cron")
cursor.execute("select * from jobs where kind in ('manual', 'cron') and path like '%/jobs/manual'")
