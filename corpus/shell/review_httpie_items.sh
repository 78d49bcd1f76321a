# expect: review http-call not as JSON
http PUT https://api.northflank.com/v1/projects/my-project/jobs/manual name=nightly backoffLimit:=0
