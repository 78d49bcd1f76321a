# expect: review http-call reads a moved key
answer=$(curl -sS -X PUT -H 'Content-Type: application/json' -d '{"name": "nightly", "backoffLimit": 0}' https://api.northflank.com/v1/projects/my-project/jobs/manual)
python3 - "$answer" <<'EOF'
import json, sys
print(json.loads(sys.argv[1])["data"]["backoffLimit"])
EOF
