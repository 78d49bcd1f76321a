# the scheduler of our own
curl -X PUT http://localhost:3000/jobs/manual -d '{"retries": 0}'
curl -X POST "$SCHEDULER/jobs/manual" -d '{"retries": 0}'
http POST :8000/jobs/manual retries:=3
