from jobs.manual import run
from app.jobs.cron import schedule_all
import services.jobs.manual as manual_jobs

run()
manual_jobs.put({"backoffLimit": 1})
