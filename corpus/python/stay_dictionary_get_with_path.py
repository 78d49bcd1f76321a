routes = {"/jobs/manual": handler}
handler = routes.get("/jobs/manual")
cache.put("/jobs/manual", handler)
cache.put("jobs/cron", {"rows": 3})
