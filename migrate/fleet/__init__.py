"""Many repositories: one state for all of them, scanned and rewritten one by one, in parallel."""
