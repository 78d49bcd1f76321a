cd defs
curl -X PUT https://api.northflank.com/v1/projects/p/jobs -d @one.json
cd ..
curl -X PUT https://api.northflank.com/v1/projects/p/jobs -d @defs/two.json
pushd defs
curl -X PUT https://api.northflank.com/v1/projects/p/jobs -d @three.json
popd
curl -X PUT https://api.northflank.com/v1/projects/p/jobs -d @top.json
