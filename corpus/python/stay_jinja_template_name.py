render_template("jobs/manual.html", title="Manual jobs")
render_template("jobs/cron.html", title="Cron jobs")
