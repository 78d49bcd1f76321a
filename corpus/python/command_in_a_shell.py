import os
import shlex
import subprocess

API = "https://api.northflank.com/v1"
os.system("curl -X PUT https://api.northflank.com/v1/projects/w/jobs/manual -d '{\"name\": \"n\", \"backoffLimit\": 1}'")
subprocess.run(shlex.split("curl -X PUT https://api.northflank.com/v1/projects/web/jobs/manual -d '{\"backoffLimit\": 1}'"))
subprocess.run(
    f"""curl -X PUT {API}/projects/web/jobs/manual -d '{{"name": "n", "backoffLimit": 1}}'""", shell=True, check=True
)
# output
import os
import shlex
import subprocess

API = "https://api.northflank.com/v1"
os.system("curl -X PUT https://api.northflank.com/v1/projects/w/jobs -d '{\"name\": \"n\", \"settings\": {\"backoffLimit\": 1}}'")
subprocess.run(shlex.split("curl -X PUT https://api.northflank.com/v1/projects/web/jobs -d '{\"settings\": {\"backoffLimit\": 1}}'"))
subprocess.run(
    f"""curl -X PUT {API}/projects/web/jobs -d '{{"name": "n", "settings": {{"backoffLimit": 1}}}}'""", shell=True, check=True
)
