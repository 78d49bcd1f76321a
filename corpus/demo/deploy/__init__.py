"""Deploys the shop's jobs."""
