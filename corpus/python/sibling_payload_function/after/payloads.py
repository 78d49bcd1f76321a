def nightly(project):
    return {
        "name": "Nightly",
        "settings": {
            "backoffLimit": 0,
            "runOnSourceChange": "never",
        },
    }
