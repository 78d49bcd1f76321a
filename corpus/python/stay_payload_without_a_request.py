"""Northflank job defaults, used by nobody here."""

DEFAULTS = {"billing": {"deploymentPlan": "nf-compute-20"}, "backoffLimit": 0, "runOnSourceChange": "never"}
