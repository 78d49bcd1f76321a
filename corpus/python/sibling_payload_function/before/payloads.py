def nightly(project):
    return {
        "name": "Nightly",
        "backoffLimit": 0,
        "runOnSourceChange": "never",
    }
