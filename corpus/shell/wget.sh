# run
wget -q -O - --method=PUT --header='Content-Type: application/json' --body-data='{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}' https://api.northflank.com/v1/projects/my-project/jobs/manual
# output
wget -q -O - --method=PUT --header='Content-Type: application/json' --body-data='{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}' https://api.northflank.com/v1/projects/my-project/jobs
