. ./northflank.sh
nf PUT "/projects/$PROJECT/jobs/manual" '{"name": "nightly", "backoffLimit": 0}'
nf GET "/projects/$PROJECT/jobs"
# output
. ./northflank.sh
nf PUT "/projects/$PROJECT/jobs" '{"name": "nightly", "settings": {"backoffLimit": 0}}'
nf GET "/projects/$PROJECT/jobs"
