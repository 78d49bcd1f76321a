"""``python -m migrate.proxy``: the shim without the rest of the command line."""

import sys

from migrate.proxy.commands import proxy, run_alone

if __name__ == "__main__":
    sys.exit(run_alone(proxy))
