from celery import Celery

app = Celery("worker")


@app.task(name="jobs.manual.put")
def put(payload):
    return payload["backoffLimit"]


app.conf.beat_schedule = {"nightly": {"task": "create.job.cron", "schedule": 30.0}}
