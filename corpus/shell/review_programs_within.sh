# expect: review http-call goes on to other commands
# expect: review endpoint-name request
bash -c 'curl -sS -X PUT https://api.northflank.com/v1/projects/shop/jobs/manual -d "{\"backoffLimit\":1}"' | grep -o backoffLimit
ssh host bash <<'SH' | ./report.sh
curl -sS -X PUT https://api.northflank.com/v1/projects/shop/jobs/manual -d '{"name":"nightly","backoffLimit":1}'
SH
answer=$(sh <<'SH'
curl -sS -X PUT https://api.northflank.com/v1/projects/shop/jobs/manual -d '{"name":"nightly","backoffLimit":1}'
SH
)
bash <<SH
curl -sS -X PUT https://api.northflank.com/v1/projects/shop/jobs/manual -d '{"name":"nightly","backoffLimit":$N}'
SH
