import subprocess

subprocess.run(["northflank", "put", "job", "manual", "--projectId", "web", "-i", '{"backoffLimit": 0}'], check=True)
