import yaml
from kubernetes import client, utils

with open("job.yaml") as file:
    utils.create_from_dict(client.ApiClient(), yaml.safe_load(file))
