import argparse

parser = argparse.ArgumentParser(prog="jobs")
parser.add_argument("kind", choices=["manual", "cron"])
parser.add_argument("--schedule")
parser.add_argument("--suspended", action="store_true")
args = parser.parse_args(["manual"])
print(f"jobs/{args.kind}")
