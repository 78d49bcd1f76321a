import aiocron
from crontab import CronTab

cron = CronTab(user=True)
job = cron.new(command="jobs/manual.sh")
job.cron.schedule = "0 1 * * *"


@aiocron.crontab("0 1 * * *")
async def jobs():
    job.manual = True
