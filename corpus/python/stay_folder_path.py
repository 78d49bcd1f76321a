from pathlib import Path

for path in Path("data/jobs/manual").glob("*.json"):
    print(path.read_text())
with open("jobs/cron/nightly.txt") as file:
    print(file.read())
