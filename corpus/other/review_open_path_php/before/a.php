<?php
$client = new Client(["base_uri" => "https://api.northflank.com"]);
$client->request("PUT", "/v1/projects/main/jobs/" . $kind, ["json" => $body]);
