# northflank is only the neighbour here
curl -X PUT https://scheduler.example.com/jobs/manual -d '{"backoffLimit": 0}'
