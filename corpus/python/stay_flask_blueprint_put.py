from flask import Blueprint

jobs = Blueprint("jobs", __name__)


@jobs.put("/jobs/manual")
def put_manual():
    return {}
