# run
API=https://api.northflank.com/v1
TEAM=acme
PROJECT=my-project
curl -sS -X PUT $API/projects/$PROJECT/jobs/manual -d '{"name": "nightly", "billing": {"deploymentPlan": "nf-compute-10"}, "backoffLimit": 1}'
URL=$API/teams/$TEAM/projects/$PROJECT/jobs/manual
curl -sS -X PUT $URL `# the body` -d '{"name": "nightly", "billing": {"deploymentPlan": "nf-compute-10"}, "backoffLimit": 2}'
put() { curl -sS -X PUT $API/teams/$TEAM/projects/$1/jobs/manual -d "$2"; }
put "$PROJECT" '{"name": "nightly", "billing": {"deploymentPlan": "nf-compute-10"}, "backoffLimit": 3}' | jq .data.name
# output
API=https://api.northflank.com/v1
TEAM=acme
PROJECT=my-project
curl -sS -X PUT $API/projects/$PROJECT/jobs -d '{"name": "nightly", "billing": {"deploymentPlan": "nf-compute-10"}, "settings": {"backoffLimit": 1}}'
URL=$API/teams/$TEAM/projects/$PROJECT/jobs
curl -sS -X PUT $URL `# the body` -d '{"name": "nightly", "billing": {"deploymentPlan": "nf-compute-10"}, "settings": {"backoffLimit": 2}}'
put() { curl -sS -X PUT $API/teams/$TEAM/projects/$1/jobs -d "$2"; }
put "$PROJECT" '{"name": "nightly", "billing": {"deploymentPlan": "nf-compute-10"}, "settings": {"backoffLimit": 3}}' | jq .data.name
