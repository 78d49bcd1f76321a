kubectl apply -f k8s/job.yaml
kubectl create job manual
