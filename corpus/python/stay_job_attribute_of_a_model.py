class Settings:
    job = type("Job", (), {"manual": 1, "cron": 2})


print(Settings.job.manual, Settings.job.cron)
