import os
import subprocess

subprocess.run(["northflank", "get", "job", "--projectId", "web", "--jobId", "manual"], check=True)
subprocess.run(["curl", "-X", "GET", "https://api.northflank.com/v1/projects/web/jobs/manual"], check=True)
os.system("curl -X DELETE https://api.northflank.com/v1/projects/web/jobs/manual")
