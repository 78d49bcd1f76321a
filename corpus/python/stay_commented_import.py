x = 1  # jobs.manual
y = {"cron": "manual"}
