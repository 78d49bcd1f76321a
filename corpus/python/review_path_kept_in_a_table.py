# expect: review endpoint-name
import northflank_tools

northflank_tools.send_all({"first": "jobs/manual"})
