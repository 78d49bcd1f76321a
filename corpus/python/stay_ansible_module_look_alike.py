module = AnsibleModule(argument_spec={"jobs": {"type": "list"}, "manual": {"type": "bool"}, "backoffLimit": {"type": "int"}})
