import json
import subprocess

with open("job.json", "w") as file:
    json.dump({"name": "n", "backoffLimit": 3}, file)
subprocess.run(["curl", "-X", "PUT", "https://api.northflank.com/v1/projects/web/jobs/manual", "-d", "@job.json"])
