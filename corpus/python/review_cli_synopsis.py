# expect: review prose
"""Deploys with Northflank's CLI: `northflank create job cron|manual`."""
