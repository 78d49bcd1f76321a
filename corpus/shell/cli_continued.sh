# flags: --cli-ready
npx @northflank/cli patch job cron \
  --projectId my-project --jobId nightly \
  -i '{"schedule": "0 4 * * *"}'
# output
npx @northflank/cli patch job \
  --projectId my-project --jobId nightly \
  -i '{"settings": {"cron": {"schedule": "0 4 * * *"}}}'
