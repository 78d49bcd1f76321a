PIPELINE = {"jobs": {"manual": {"when": "manual", "script": ["make"]}, "cron": {"rules": [{"if": "$CI"}]}}}
print(PIPELINE["jobs"]["manual"], PIPELINE["jobs"]["cron"])
