# expect: review prose
# northflank: PUT /v1/projects/p/jobs/manual creates it
echo done
