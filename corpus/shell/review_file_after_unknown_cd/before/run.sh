cd "$WHERE"
cd ..
curl -X PUT https://api.northflank.com/v1/projects/p/jobs/manual -d @job.json
