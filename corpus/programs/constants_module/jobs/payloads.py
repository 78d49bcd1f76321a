NIGHTLY = {
    "name": "Nightly",
    "backoffLimit": 0,
    "runOnSourceChange": "never",
}
