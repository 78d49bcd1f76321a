"""Request descriptions: JSON and YAML that say which request another program shall send."""
