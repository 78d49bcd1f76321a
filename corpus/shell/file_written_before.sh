# run
NAME=nightly
cat > job.json <<EOF
{"name": "$NAME", "backoffLimit": 0}
EOF
curl -sS -X PUT -H 'Content-Type: application/json' -d @job.json https://api.northflank.com/v1/projects/my-project/jobs/manual
rm job.json
# output
NAME=nightly
cat > job.json <<EOF
{"name": "$NAME", "settings": {"backoffLimit": 0}}
EOF
curl -sS -X PUT -H 'Content-Type: application/json' -d @job.json https://api.northflank.com/v1/projects/my-project/jobs
rm job.json
