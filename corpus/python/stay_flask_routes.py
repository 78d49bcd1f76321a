from flask import Flask, request

app = Flask(__name__)


@app.route("/jobs/manual", methods=["PUT", "POST"])
def manual():
    return {"ok": True, "name": request.json["name"]}


app.add_url_rule("/jobs/cron", view_func=manual, methods=["PUT"])
