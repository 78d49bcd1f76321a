from dagster import define_asset_job

manual = define_asset_job("manual", selection="*")
jobs = {"jobs": [manual], "schedules": ["cron"]}
