"""The jobs that the shop needs."""

from __future__ import annotations

from deploy.client import NorthflankClient


def put_cleanup(client: NorthflankClient, retries: int = 2) -> str:
    """Create or update the cleanup job and return its ID."""
    payload = {
        "name": "Cleanup",
        "billing": {"deploymentPlan": "nf-compute-20"},
        "deployment": {"external": {"imagePath": "registry.example.com/shop/cleanup:latest"}},
        # Deleting twice is harmless, so try again.
        "backoffLimit": retries,
        "runOnSourceChange": "never",
        "runtimeEnvironment": {"backoffLimit": "the application's own setting"},
    }
    job = client.request("PUT", f"/projects/{client.project}/jobs/manual", payload)
    return f"{job['id']} ({job['backoffLimit']} retries)"


def pause_cleanup(client: NorthflankClient) -> None:
    """Let the cleanup job run at most a minute."""
    client.request("PATCH", f"/projects/{client.project}/jobs/manual/cleanup", {"activeDeadlineSeconds": 60})
