# https://northflank.com/docs/v1/api/jobs/put-manual-job
echo done
# output
# https://northflank.com/docs/v1/api/jobs/put-job
echo done
