for id in (cat jobs.txt)
    curl -s "https://api.northflank.com/v1/projects/main/jobs/$id"
    echo "(put) https://jobs.example.com/jobs/$id"
end
