# expect: review http-call of fish
# expect: review endpoint-name request
#!/usr/bin/env fish
function nf -a method path body
    curl -sS -X $method $NORTHFLANK_API_URL/v1$path -d $body
end
nf PUT /projects/shop/jobs/manual '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":2}' | jq .data.backoffLimit
if test (nf PUT /projects/shop/jobs/manual '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":2}' | jq .data.backoffLimit) -eq 2
    echo two
end
for r in 1 2
    nf PUT /projects/shop/jobs/manual "{\"name\":\"nightly\",\"billing\":{\"deploymentPlan\":\"nf-compute-20\"},\"backoffLimit\":$r}" | jq -c .data.name
end
