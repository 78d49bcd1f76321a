# shellcheck shell=bash
: "${API:=https://api.northflank.com}"
NF_JOBS="$API/v1/projects/shop/jobs/manual"
nf_put() { curl -sS -o/dev/null -w'%{http_code}\n' -X PUT "$API/v1$1" -H "Authorization: Bearer $NORTHFLANK_TOKEN" -d "$2"; }
nf_job() { curl -sS -o/dev/null -w'%{http_code}\n' -X PUT "$API/v1/projects/shop/jobs/$1" -d "$2"; }
nf_upsert() { curl -sS -o/dev/null -w'%{http_code}\n' -X PUT "$API/v1/projects/shop/jobs/manual" -d "$1"; }
api() { curl -sS -X "$1" "$API/v1$2" -d "$3" | jq .data.backoffLimit; }
nightly() { curl -sS -X PUT "$API/v1/projects/shop/jobs/manual" -d '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":1}'; }
