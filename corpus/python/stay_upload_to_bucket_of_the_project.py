import boto3

boto3.client("s3").upload_file("report.json", "northflank-artifacts", "jobs/manual/report.json")
