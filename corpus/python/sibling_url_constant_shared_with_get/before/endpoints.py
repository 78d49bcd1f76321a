BASE = "https://api.northflank.com/v1"
MANUAL = BASE + "/projects/web/jobs/manual"
