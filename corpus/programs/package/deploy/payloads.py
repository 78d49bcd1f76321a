COMMON = {
    "billing": {"deploymentPlan": "nf-compute-20"},
    "runtimeEnvironment": {"LOG": "debug"},
}


def nightly(retries: int = 1) -> dict:
    return {
        **COMMON,
        "name": "Nightly",
        "backoffLimit": retries,
        "runOnSourceChange": "never",
    }
