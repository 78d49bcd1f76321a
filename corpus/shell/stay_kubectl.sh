# Create a job by hand in the cluster.
kubectl create job manual --image=busybox -- true
kubectl create job --from=cronjob/nightly manual
kubectl apply -f - <<EOF
apiVersion: batch/v1
kind: Job
metadata: {name: manual}
spec: {backoffLimit: 0, activeDeadlineSeconds: 600}
EOF
