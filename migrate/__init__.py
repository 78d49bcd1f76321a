"""nf-migrate: finds and rewrites uses of Northflank's deprecated job endpoints."""

__version__ = "0.1.0"
