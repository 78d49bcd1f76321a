def nightly():
    return {"name": "Nightly", "backoffLimit": 7}
