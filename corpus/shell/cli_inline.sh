# flags: --cli-ready
northflank put job manual --projectId my-project -i '{"name": "nightly", "backoffLimit": 0, "runOnSourceChange": "never"}'
northflank create jobs manual --projectId my-project --input "{\"name\": \"x y\", \"backoffLimit\": 1}" -o json | jq -r .backoffLimit
# output
northflank put job --projectId my-project -i '{"name": "nightly", "settings": {"backoffLimit": 0, "runOnSourceChange": "never"}}'
northflank create jobs --projectId my-project --input "{\"name\": \"x y\", \"settings\": {\"backoffLimit\": 1}}" -o json | jq -r .settings.backoffLimit
