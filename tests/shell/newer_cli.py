"""A stand-in for a CLI newer than the registry's: it has ``put|create|patch job`` and reads definitions.

Takes the API's address from NORTHFLANK_HOST. Like the real one, it prints what is inside of ``data``.
"""

import argparse
import json
import os
import sys
import urllib.request
from pathlib import Path

import yaml

from migrate import contract


def main(arguments: list[str]) -> int:
    """Send one request and print the answer."""
    parser = argparse.ArgumentParser(prog=contract.CLI_PROGRAM)
    parser.add_argument("verb", choices=list(contract.METHODS))
    parser.add_argument("type", choices=["job", "jobs"])
    parser.add_argument("--projectId", required=True)
    parser.add_argument("--jobId", default="")
    parser.add_argument("-f", "--file")
    parser.add_argument("-i", "--input")
    parser.add_argument("-o", "--output")
    options = parser.parse_args(arguments)
    text = options.input if options.input is not None else Path(options.file).read_text("utf-8")
    path = f"{contract.API_PREFIX}/projects/{options.projectId}{contract.COLLECTION}"
    request = urllib.request.Request(  # noqa: S310 (loopback)
        os.environ["NORTHFLANK_HOST"] + path + (f"/{options.jobId}" if options.jobId else ""),
        method=contract.METHODS[options.verb],
        data=json.dumps(yaml.safe_load(text)).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:  # noqa: S310 (loopback)
        print(json.dumps(json.load(answer)[contract.RESPONSE_ENVELOPE], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
