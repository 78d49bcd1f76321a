"""The shop's own API. Its route has the same name by chance."""

from flask import Flask, request

app = Flask(__name__)


@app.put("/jobs/manual")
def put_manual_job():
    """Queue a job that somebody asked for."""
    return {"queued": request.get_json()["name"], "backoffLimit": request.get_json().get("backoffLimit", 0)}
