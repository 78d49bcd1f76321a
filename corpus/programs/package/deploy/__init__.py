"""Deploys the jobs of a project to Northflank."""
