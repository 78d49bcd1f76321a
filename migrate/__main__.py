"""``python -m migrate``: the same as ``nf-migrate``."""

from migrate.cli import main

if __name__ == "__main__":
    main()
