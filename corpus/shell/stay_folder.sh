mkdir -p build/jobs/manual
cp -r jobs/manual/* build/jobs/manual/
ls ./jobs/manual | wc -l
