#!/bin/sh
cd /srv/deploy
curl -X PUT "https://api.northflank.com/v1/projects/main/jobs/manual" -d @jobs/nightly.json
