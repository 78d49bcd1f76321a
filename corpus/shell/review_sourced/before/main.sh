. "$(dirname "$0")/lib/nf.sh"
nf_put "/projects/shop/jobs/manual" '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":1}'
curl -sS -X PUT "$NF_JOBS" -d '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":1}'
api PUT "/projects/shop/jobs/manual" '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":1}'
