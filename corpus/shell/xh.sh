xh PUT https://api.northflank.com/v1/projects/my-project/jobs/manual --raw '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}'
echo '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}' | http --ignore-stdin=no PUT https://api.northflank.com/v1/projects/my-project/jobs/manual
# output
xh PUT https://api.northflank.com/v1/projects/my-project/jobs --raw '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}'
echo '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}' | http --ignore-stdin=no PUT https://api.northflank.com/v1/projects/my-project/jobs
