nf() { curl -sS -X "$1" "https://api.northflank.com/v1$2"; }
nf GET "/projects/$PROJECT/jobs/manual"
nf DELETE "/projects/$PROJECT/jobs/manual"
