MANIFEST = {
    "apiVersion": "batch/v1",
    "kind": "Job",
    "metadata": {"name": "manual"},
    "spec": {"backoffLimit": 0, "activeDeadlineSeconds": 600, "template": {"spec": {}}},
}
CRON = {"kind": "CronJob", "spec": {"schedule": "0 1 * * *", "concurrencyPolicy": "Forbid", "jobTemplate": MANIFEST}}
