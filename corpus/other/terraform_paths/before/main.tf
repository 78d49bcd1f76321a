resource "null_resource" "job" {
  provisioner "local-exec" {
    command = "curl -X PUT https://api.northflank.com/v1/projects/${var.project}/jobs/manual -d @${path.module}/job.json"
  }
  provisioner "local-exec" {
    working_dir = "${path.module}/defs"
    command     = "curl -X PUT https://api.northflank.com/v1/projects/p/jobs/manual -d @job.json"
  }
}
data "http" "put" {
  url          = "https://api.northflank.com/v1/projects/p/jobs/manual"
  method       = "PUT"
  request_body = "{\"name\": \"x\", \"backoffLimit\": 0}"
}
locals {
  other = jsonencode({ backoffLimit = 3 })
}
