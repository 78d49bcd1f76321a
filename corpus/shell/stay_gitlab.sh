glab ci trigger manual
curl --request POST --header "PRIVATE-TOKEN: $TOKEN" "https://gitlab.com/api/v4/projects/1/jobs/manual/play"
