echo "create job manual of the cluster"
printf '%s\n' "put job manual"
rails generate scaffold jobs/manual
