import northflank_queue

northflank_queue.append(("GET", "https://api.northflank.com/v1/projects/web/jobs/manual", None))
northflank_queue.extend([["DELETE", "/v1/projects/web/jobs/manual"]])
