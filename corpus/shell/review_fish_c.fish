# expect: review http-call of fish
#!/usr/bin/env fish
# northflank: it\'s escapes in single quotes differ in fish
set -l url $NORTHFLANK_API_URL/v1/projects/shop/jobs/manual
curl -sS -X PUT $url -d '{"name":"nightly","description":"it\'s","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":2}' | jq -r '.data.description'
switch "$argv[1]"
    case x
        curl -sS -X PUT $url -d '{"name":"x"}'
    case '*'
        curl -sS -X PUT $url -d (echo '{"name":"nightly","billing":{"deploymentPlan":"nf-compute-20"},"backoffLimit":2}' | string collect) -o /dev/null
end
begin; curl -sS -X PUT $url -d "{\"name\":\"nightly\",\"billing\":{\"deploymentPlan\":\"nf-compute-20\"},\"backoffLimit\":2}" -o /dev/null; end
