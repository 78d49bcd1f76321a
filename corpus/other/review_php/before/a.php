<?php
$client->request("PUT", "https://api.northflank.com/v1/projects/$id/jobs/manual", ["json" => $body]);
