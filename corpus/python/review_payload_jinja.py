# expect: review http-call
import jinja2
import requests

body = jinja2.Template(open("job.json.j2").read()).render(name="Nightly")
requests.put("https://api.northflank.com/v1/projects/web/jobs/manual", data=body, timeout=10)
