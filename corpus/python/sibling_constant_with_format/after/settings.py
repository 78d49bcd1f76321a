API = "https://api.northflank.com/v1"
MANUAL = "/projects/{project}/jobs"
