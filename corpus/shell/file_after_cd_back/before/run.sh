cd defs
curl -X PUT https://api.northflank.com/v1/projects/p/jobs/manual -d @one.json
cd ..
curl -X PUT https://api.northflank.com/v1/projects/p/jobs/manual -d @defs/two.json
pushd defs
curl -X PUT https://api.northflank.com/v1/projects/p/jobs/manual -d @three.json
popd
curl -X PUT https://api.northflank.com/v1/projects/p/jobs/manual -d @top.json
