"""The shim's documents name what there is."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import yaml

from migrate.proxy import problem
from migrate.proxy.settings import ENVIRONMENT_PREFIX, Settings
from tests.need import need

DOCS = Path(__file__).resolve().parents[2] / "docs"
DEPLOYMENT = (DOCS / "proxy-deployment.md").read_text(encoding="utf-8")
PAGE = (DOCS / "proxy.md").read_text(encoding="utf-8")


def test_environment_variables_are_those_of_the_options():
    """Every variable in the documents belongs to a setting."""
    known = {f"{ENVIRONMENT_PREFIX}_{field.name.upper()}" for field in fields(Settings)}

    assert set(re.findall(rf"{ENVIRONMENT_PREFIX}_[A-Z_]+", DEPLOYMENT)) <= known


def test_options_are_those_of_the_command():
    """Every option that the text speaks of stands in the generated help."""
    text, _, generated = PAGE.partition("## Options")

    assert all(option in generated for option in re.findall(r"--[a-z][a-z-]+", text) if option != "--host")


def test_every_refusal_is_documented():
    """Each code of the contract's refusals has its row."""
    assert all(f"`{code}`" in PAGE for code in problem.catalogue())


def test_unit_is_one_to_systemd(tmp_path):
    """Systemd finds nothing to complain of, but for the program, which is not installed here."""
    (block,) = re.findall(r"```ini\n(.*?)```", DEPLOYMENT, re.DOTALL)
    unit = tmp_path / "nf-migrate.service"
    unit.write_text(block.replace("/opt/nf-migrate/bin/nf-migrate", sys.executable), encoding="utf-8")
    command = [need("systemd-analyze"), "verify", str(unit)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_manifests_are_whole():
    """The YAML parses; probes and ports agree with what the container opens."""
    (block,) = re.findall(r"```yaml\n(.*?)```", DEPLOYMENT, re.DOTALL)
    documents = {each["kind"]: each for each in yaml.safe_load_all(block)}
    (container,) = documents["StatefulSet"]["spec"]["template"]["spec"]["containers"]

    ports = {each["name"]: each["containerPort"] for each in container["ports"]}
    assert ports == {"http": 8080, "admin": 8081}
    assert container["readinessProbe"]["httpGet"] == {"path": "/readyz", "port": "admin"}
    assert documents["Service"]["spec"]["ports"][0]["targetPort"] == "http"
