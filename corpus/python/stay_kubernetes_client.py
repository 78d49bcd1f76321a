from kubernetes import client

spec = client.V1JobSpec(backoff_limit=0, active_deadline_seconds=600, template=template)
batch = client.BatchV1Api()
batch.create_namespaced_job("jobs", {"kind": "Job", "spec": {"backoffLimit": 0}})
batch.api_client.call_api("/apis/batch/v1/namespaces/jobs/jobs/manual", "PUT", body={"spec": {"backoffLimit": 0}})
