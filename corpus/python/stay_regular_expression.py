import re

ROUTE = re.compile(r"^/api/jobs/manual(?:/(?P<id>\d+))?$")
print(ROUTE.match("/api/jobs/manual/3"))
