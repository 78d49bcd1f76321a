"""YAML files: what stays untouched, what is rewritten, what is left to a person."""

from __future__ import annotations

import json
import textwrap

import pytest
import yaml

from migrate import contract
from tests.find.planned import planned


def dedent(text: str) -> str:
    """A text without the indentation of the test's code."""
    return textwrap.dedent(text).removeprefix("\n")


STAY = {
    "a Kubernetes job": """
        apiVersion: batch/v1
        kind: Job
        metadata:
          name: manual
        spec:
          backoffLimit: 0
          activeDeadlineSeconds: 600
          template:
            spec:
              containers:
                - name: jobs
                  image: jobs/manual:1
                  command: ["sh", "-c", "kubectl create job manual --from=cronjob/x"]
    """,
    "a Kubernetes cron job that has a URL": """
        apiVersion: batch/v1
        kind: CronJob
        spec:
          schedule: "0 * * * *"
          concurrencyPolicy: Forbid
          url: https://other.example/jobs/manual
          jobTemplate: {spec: {backoffLimit: 0}}
    """,
    "a manual job of GitLab": """
        deploy:
          stage: jobs
          when: manual
          script: ["echo jobs/manual"]
    """,
    "another vendor's endpoint": """
        - name: start the job
          uri:
            url: https://ci.example.com/api/jobs/manual
            method: PUT
            body_format: json
            body: {backoffLimit: 0, name: x}
    """,
    "a job whose own ID is manual": """
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            method: GET
        - ansible.builtin.uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            return_content: true
        - uri:
            url: "https://api.northflank.com/v1/projects/p/jobs/{{ manual }}"
            method: PATCH
            body: {description: x}
        - uri:
            url: "https://api.northflank.com/v1/projects/p/jobs/{{ manual }}"
            method: DELETE
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual/runs
            method: POST
            body: {backoffLimit: 0}
    """,
    "migrated code": """
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs
            method: PUT
            body: {name: x, settings: {backoffLimit: 0}}
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            method: DELETE
    """,
    "a route of a server": """
        http:
          routers:
            jobs: {rule: "Path(`/jobs/manual`)", service: jobs}
    """,
}


@pytest.mark.parametrize("text", STAY.values(), ids=STAY)
def test_what_is_not_ours_stays_untouched_and_unreported(text: str) -> None:
    """Look-alikes give neither an edit nor a use."""
    result = planned({"file.yaml": dedent(text)})

    assert result.uses == []
    assert result.text == dedent(text)


REWRITTEN = {
    "an Ansible task": (
        """
        - name: Put the job
          ansible.builtin.uri:
            url: "https://api.northflank.com/v1/projects/{{ project }}/jobs/manual"
            method: PUT
            headers:
              Authorization: "Bearer {{ token }}"
            body_format: json
            body:
              name: "{{ name }}"
              billing: {deploymentPlan: nf-compute-20}
              # how often
              backoffLimit: 0
              runOnSourceChange: never
            status_code: [200, 201]
        """,
        """
        - name: Put the job
          ansible.builtin.uri:
            url: "https://api.northflank.com/v1/projects/{{ project }}/jobs"
            method: PUT
            headers:
              Authorization: "Bearer {{ token }}"
            body_format: json
            body:
              name: "{{ name }}"
              billing: {deploymentPlan: nf-compute-20}
              settings:
                # how often
                backoffLimit: 0
                runOnSourceChange: never
            status_code: [200, 201]
        """,
    ),
    "an HTTP action in a workflow": (
        """
        on: push
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - uses: fjogeleit/http-request-action@v1
                with:
                  url: 'https://api.northflank.com/v1/projects/${{ vars.PROJECT }}/jobs/manual'
                  method: 'PUT'
                  bearerToken: ${{ secrets.NORTHFLANK }}
                  data: '{"name": "${{ github.job }}", "backoffLimit": 0, "note": "it''s"}'
        """,
        """
        on: push
        jobs:
          deploy:
            runs-on: ubuntu-latest
            steps:
              - uses: fjogeleit/http-request-action@v1
                with:
                  url: 'https://api.northflank.com/v1/projects/${{ vars.PROJECT }}/jobs'
                  method: 'PUT'
                  bearerToken: ${{ secrets.NORTHFLANK }}
                  data: '{"name": "${{ github.job }}", "settings": {"backoffLimit": 0}, "note": "it''s"}'
        """,
    ),
    "a body in a block scalar": (
        """
        steps:
        - action: http:backstage:request
          input:
            path: /proxy/northflank/v1/projects/p/jobs/cron
            method: POST
            body: |
              {
                "name": "x",
                "schedule": "0 * * * *",
                "backoffLimit": 0
              }
        """,
        """
        steps:
        - action: http:backstage:request
          input:
            path: /proxy/northflank/v1/projects/p/jobs
            method: POST
            body: |
              {
                "name": "x",
                "settings": {
                  "cron": {
                    "schedule": "0 * * * *"
                  },
                  "backoffLimit": 0
                }
              }
        """,
    ),
    "a cassette of vcrpy": (
        """
        interactions:
        - request:
            body: '{"name": "x", "backoffLimit": 0}'
            headers:
              Content-Length:
              - '32'
            method: PATCH
            uri: https://api.northflank.com/v1/teams/t/projects/p/jobs/manual/x
          response:
            body:
              string: '{"data":{"id":"x","backoffLimit":0,"jobType":"manual"}}'
            headers:
              content-length: ['55']
            status: {code: 200, message: OK}
        version: 1
        """,
        """
        interactions:
        - request:
            body: '{"name": "x", "settings": {"backoffLimit": 0}}'
            headers:
              Content-Length:
              - '46'
            method: PATCH
            uri: https://api.northflank.com/v1/teams/t/projects/p/jobs/x
          response:
            body:
              string: '{"data":{"id":"x","settings":{"backoffLimit":0},"jobType":"manual"}}'
            headers:
              content-length: ['68']
            status: {code: 200, message: OK}
        version: 1
        """,
    ),
    "the documentation's name taken for a path": (
        """
        - uri: {url: https://api.northflank.com/v1/projects/p/jobs/put-job, method: PUT, body: {name: x}}
        """,
        """
        - uri: {url: https://api.northflank.com/v1/projects/p/jobs, method: PUT, body: {name: x}}
        """,
    ),
    "hybrid body, plain URL, Insomnia's shape": (
        """
        collection:
          - url: https://api.northflank.com/v1/projects/{{ _.project }}/jobs/manual
            name: Put manual job
            method: PUT
            body:
              mimeType: application/json
              text: |-
                {"name": "x", "backoffLimit": 0,
                 "settings": {"backoffLimit": 0}}
        """,
        """
        collection:
          - url: https://api.northflank.com/v1/projects/{{ _.project }}/jobs
            name: Put manual job
            method: PUT
            body:
              mimeType: application/json
              text: |-
                {"name": "x",
                 "settings": {"backoffLimit": 0}}
        """,
    ),
}


@pytest.mark.parametrize(("before", "after"), REWRITTEN.values(), ids=REWRITTEN)
def test_request_descriptions_are_rewritten(before: str, after: str) -> None:
    """URL and body change together; the rest stays as the author had it."""
    result = planned({"file.yml": dedent(before)})

    assert result.text == dedent(after)
    assert planned({"file.yml": result.text}).texts == result.texts


REVIEWED = {
    "a type that is a variable": (
        """
        - uri:
            url: "https://api.northflank.com/v1/projects/p/jobs/{{ type }}"
            method: PUT
            body: {name: x, backoffLimit: 0}
          vars: {type: manual}
        """,
        "http-call",
        "type in the path",
    ),
    "a form": (
        """
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            method: PUT
            body_format: form-urlencoded
            body: {name: x, backoffLimit: 0}
        """,
        "http-call",
        "sent as form-urlencoded",
    ),
    "a body from elsewhere": (
        """
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            method: PUT
            body: "{{ job }}"
        """,
        "http-call",
        "not literal JSON",
    ),
    "no method": (
        """
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            method: "{{ method }}"
            body: {backoffLimit: 0}
        """,
        "http-call",
        "method is not known",
    ),
    "an alias for a body": (
        """
        x: &job {name: x, backoffLimit: 0}
        y: {url: https://api.northflank.com/v1/projects/p/jobs/manual, method: PUT, body: *job}
        """,
        "http-call",
        "not here|alias|share",
    ),
    "a URL that another request uses": (
        """
        a: {method: PUT, url: &u https://api.northflank.com/v1/projects/p/jobs/manual, body: {}}
        b: {url: *u, method: GET}
        """,
        "http-call",
        "has an anchor",
    ),
    "a method that a template chooses": (
        """
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            {{- if .Values.read }}
            method: GET
            {{- else }}
            method: PUT
            {{- end }}
            body: {backoffLimit: 0}
        """,
        "http-call",
        "stands twice",
    ),
    "a request that a template adds to": (
        """
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            method: PUT
            {{- include "rest" . | nindent 4 }}
            body: {backoffLimit: 0}
        """,
        "http-call",
        "template directive",
    ),
    "a request that is merged into another": (
        """
        a: &put
          url: https://api.northflank.com/v1/projects/p/jobs/manual
          method: PUT
          body: {backoffLimit: 0}
        b: {<<: *put, body: {backoffLimit: 1}}
        """,
        "http-call",
        "merged into others",
    ),
    "a required key missing": (
        """
        y: {url: https://api.northflank.com/v1/projects/p/jobs/manual, method: PUT, body: {name: x}}
        """,
        "http-call",
        "refuses such a body",
    ),
    "weak evidence": (
        """
        y: {url: "{{ base }}/jobs/manual", method: PUT, body: {backoffLimit: 0}}
        """,
        "http-call",
        "not strong enough",
    ),
    "an API description": (
        """
        openapi: 3.0.0
        info: {title: Northflank}
        paths:
          /v1/projects/{projectId}/jobs/manual:
            put: {summary: Put manual job}
        """,
        "api-description",
        "vendor.s to change",
    ),
    "a constant": (
        """
        env:
          NORTHFLANK_URL: https://api.northflank.com/v1/projects/p/jobs/manual
        """,
        "endpoint-name",
        "not understood as a request",
    ),
    "a comment": (
        """
        # PUT /v1/projects/p/jobs/manual of Northflank
        env: {}
        """,
        "prose",
        "not understood",
    ),
    "a file that is no YAML": (
        """
        env: [
        url: https://api.northflank.com/v1/projects/p/jobs/manual
        """,
        "unreadable",
        "can't be parsed",
    ),
    "a condition among the keys": (
        """
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            method: PUT
            body:
              name: x
              {{- if .Values.retry }}
              backoffLimit: 3
              {{- else }}
              activeDeadlineSeconds: 0
              {{- end }}
        """,
        "http-call",
        "template directive|missing",
    ),
    "a template node": (
        """
        spec:
          steps:
          - kind: ManualJob
            spec: {name: x, backoffLimit: 0}
        """,
        "template-node",
        "not deprecated",
    ),
}


@pytest.mark.parametrize(("text", "kind", "reason"), REVIEWED.values(), ids=REVIEWED)
def test_what_cannot_be_proved_is_reported_with_a_reason(text: str, kind: str, reason: str) -> None:
    """One use, with reason and advice, and no edit."""
    import re

    result = planned({"file.yaml": dedent(text)})

    assert result.kinds == [(kind, "review")]
    assert re.search(reason, result.uses[0].message)
    assert result.uses[0].advice
    assert result.text == dedent(text)


def test_template_nodes_are_turned_where_that_is_asked_for() -> None:
    """With `--templates` the node's kind and the keys of its spec change."""
    before = "steps:\n- kind: ManualJob\n  spec:\n    name: x\n    backoffLimit: 0\n"
    after = "steps:\n- kind: Job\n  spec:\n    name: x\n    settings:\n      backoffLimit: 0\n"

    assert planned({"t.yaml": before}, templates=True).text == after


def test_a_body_in_another_file_moves_with_the_task() -> None:
    """A `lookup` of a file ties the task and the file."""
    task = dedent("""
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            method: PUT
            body: "{{ lookup('file', 'job.json') }}"
    """)
    result = planned({"play/book.yml": task, "play/files/job.json": '{"backoffLimit": 0}'})

    assert result.texts["play/book.yml"] == task.replace("/manual", "")
    assert result.texts["play/files/job.json"] == '{"settings": {"backoffLimit": 0}}'


def test_plain_spans_of_a_helm_chart_are_edited() -> None:
    """Template expressions around the spans do no harm."""
    text = dedent("""
        {{- range .Values.jobs }}
        - uri:
            url: {{ $.Values.northflank }}/v1/projects/{{ .project }}/jobs/manual
            method: PUT
            body:
              name: {{ .name | quote }}
              runtimeEnvironment:
                {{- toYaml .env | nindent 8 }}
              backoffLimit: {{ .retries | default 0 }}
        {{- end }}
    """)
    result = planned({"chart.yaml": text})

    assert result.text == text.replace("/jobs/manual", "/jobs").replace(
        "      backoffLimit:", "      settings:\n        backoffLimit:"
    )


def test_the_answer_that_a_task_registers_is_followed() -> None:
    """Reads through the registered variable move with the task; other reads are named."""
    text = dedent("""
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            method: PUT
            body: {backoffLimit: 0}
          register: job
        - assert:
            that:
              - job.json.data.backoffLimit == 0
              - job.json['data']['runOnSourceChange'] == 'never'
              - job.json.data.name == 'x'
        - debug: {msg: "{{ other.json.data.backoffLimit }}"}
    """)
    result = planned({"play.yml": text})

    assert result.text == (
        text.replace("/manual", "")
        .replace("{backoffLimit: 0}", "{settings: {backoffLimit: 0}}")
        .replace("job.json.data.backoff", "job.json.data.settings.backoff")
        .replace("['data']['run", "['data']['settings']['run")
    )
    assert result.kinds == [("http-call", "rewrite"), ("response-read", "review")]


def test_a_variable_for_a_body_is_followed() -> None:
    """A variable that is set in the play and used once is the body."""
    text = dedent("""
        - hosts: localhost
          vars:
            nightly:
              name: x
              backoffLimit: 0
          tasks:
            - uri:
                url: https://api.northflank.com/v1/projects/p/jobs/manual
                method: PUT
                body: "{{ nightly }}"
    """)
    after = text.replace("/manual", "").replace(
        "      backoffLimit: 0", "      settings:\n        backoffLimit: 0"
    )

    assert planned({"play.yml": text}).text == after
    twice = text + "    - debug: {var: nightly}\n"
    assert planned({"play.yml": twice}).kinds == [("http-call", "review")]
    assert planned({"play.yml": twice}).text == twice


def test_cassettes_are_understood_as_vcrpy_writes_them() -> None:
    """Long texts that PyYAML folds, with and without escapes, are edited within their lines."""
    body = {
        "name": "nächtlich " * 12,
        "backoffLimit": 0,
        "description": "word " * 40,
        "runOnSourceChange": "never",
    }
    answer = {"data": {**body, "id": "x", "jobType": "manual"}}
    exchange = {
        "request": {
            "method": "PUT",
            "uri": "https://api.northflank.com/v1/projects/p/jobs/manual",
            "body": json.dumps(body, ensure_ascii=False),
            "headers": {"Content-Length": [str(len(json.dumps(body, ensure_ascii=False).encode()))]},
        },
        "response": {"body": {"string": json.dumps(answer)}, "headers": {}, "status": {"code": 200}},
    }
    for unicode in (True, False):
        before = yaml.safe_dump({"interactions": [exchange], "version": 1}, allow_unicode=unicode)
        after = yaml.safe_load(planned({"cassette.yaml": before}).text)["interactions"][0]
        new = contract.move_keys(contract.PUT_MANUAL, body)

        assert json.loads(after["request"]["body"]) == new
        assert after["request"]["uri"].endswith("/projects/p/jobs")
        assert after["request"]["headers"] == {
            "Content-Length": [str(len(after["request"]["body"].encode()))]
        }
        assert json.loads(after["response"]["body"]["string"])["data"] == {
            **new,
            "id": "x",
            "jobType": "manual",
        }


def test_command_and_arguments_are_one_command_line() -> None:
    """A container's `command` and `args`, a task's program and arguments, a script with its interpreter."""
    text = dedent("""
        - command: [curl]
          args: [-XPUT, "https://api.northflank.com/v1/projects/p/jobs/manual", -d, "{\\"backoffLimit\\": 0}"]
        - command: northflank
          args:
            - put
            - job
            - manual
            - --projectId
            - p
            - -i
            - '{"name": "x", "backoffLimit": 0}'
        - command: [python]
          source: |
            import requests
            requests.put("https://api.northflank.com/v1/projects/p/jobs/manual", json={"backoffLimit": 0})
        - input: |
            {"method": "PUT", "url": "https://api.northflank.com/v1/projects/p/jobs/manual",
             "body": {"backoffLimit": 0}}
    """)
    after = (
        text.replace("/manual", "")
        .replace("    - manual\n", "")
        .replace('{\\"backoffLimit\\": 0}', '{\\"settings\\": {\\"backoffLimit\\": 0}}')
        .replace('"backoffLimit": 0}', '"settings": {"backoffLimit": 0}}')
    )

    assert planned({"a.yaml": text}, cli_ready=True).text == after


NEW_ANSWER = {
    "a step of a workflow by its ID": (
        """
        outputs:
          limit: ${{ fromJSON(steps.put.outputs.response).data.backoffLimit }}
        steps:
          - id: put
            uses: acme/http@v1
            with:
              url: https://api.northflank.com/v1/projects/p/jobs/manual
              method: PUT
              data: '{"backoffLimit": 0}'
        """,
        ").data.settings.backoffLimit",
    ),
    "a step of Backstage": (
        """
        steps:
          - id: put-job
            action: http:backstage:request
            input:
              path: proxy/northflank/v1/projects/p/jobs/manual
              method: PUT
              body: {backoffLimit: 0}
        output: {text: "${{ steps['put-job'].output.body.data.backoffLimit }}"}
        """,
        "body.data.settings.backoffLimit",
    ),
    "a task in a loop": (
        """
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            method: PUT
            body: {backoffLimit: 0}
          loop: [a, b]
          register: jobs
        - debug: {msg: "{{ jobs.results[0]['json']['data']['backoffLimit'] }}"}
        """,
        "['data']['settings']['backoffLimit']",
    ),
}


@pytest.mark.parametrize(("text", "read"), NEW_ANSWER.values(), ids=NEW_ANSWER)
def test_reads_that_name_the_request_move_with_it(text: str, read: str) -> None:
    """Request and read change together, and a second pass finds nothing."""
    result = planned({"file.yml": dedent(text)})

    assert read in result.text
    assert "jobs/manual" not in result.text
    assert planned({"file.yml": result.text}).uses == []


REGISTERED = """
- uri:
    url: https://api.northflank.com/v1/projects/p/jobs/manual
    method: PUT
    body: {backoffLimit: 0}
  register: job
"""


@pytest.mark.parametrize(
    "read",
    [
        "- debug: {msg: \"{{ job.json.data.get('backoffLimit') }}\"}",
        "- debug: {msg: \"{{ job.json.data | json_query('backoffLimit') }}\"}",
        '- debug: {msg: "{{ (job.json).data.backoffLimit }}"}',
        '- debug: {msg: "{{ item.json.data.backoffLimit }}"}\n  loop: "{{ [job] }}"',
        '- set_fact: {other: "{{ job }}"}\n- debug: {msg: "{{ other.json.data.backoffLimit }}"}',
    ],
)
def test_a_read_that_is_not_followed_holds_the_request_back(read: str) -> None:
    """A migrated request with an old read would be broken."""
    text = f"{REGISTERED}{read}\n"
    result = planned({"play.yml": text})

    assert result.text == text
    assert set(result.kinds) == {("http-call", "review"), ("response-read", "review")}


def test_a_request_whose_answer_nothing_can_read_is_not_held_back() -> None:
    """A task that registers nothing, and a step without an ID, have no readers."""
    text = dedent("""
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            method: PUT
            body: {backoffLimit: 0}
        - uri: {url: "https://api.northflank.com/v1/projects/p/jobs/x"}
          register: job
        - debug: {msg: "{{ job.json.data | json_query('backoffLimit') }}"}
    """)

    assert planned({"play.yml": text}).kinds == [("http-call", "rewrite")]


JOB = "name: x\nbackoffLimit: 0\n"
NEW_JOB = "name: x\nsettings:\n  backoffLimit: 0\n"
COMMAND = "northflank put job manual --projectId p -f job.yaml"
RUNS_IN = {
    "a step": f"""
        jobs:
          put:
            steps:
              - run: {COMMAND}
                working-directory: defs
    """,
    "the defaults of a job": f"""
        jobs:
          put:
            defaults:
              run:
                working-directory: ./defs
            steps:
              - run: {COMMAND}
    """,
    "the workspace": f"""
        steps:
          - bash: {COMMAND}
            workingDirectory: $(Build.SourcesDirectory)/defs
    """,
    "the arguments of a task": f"""
        - ansible.builtin.shell: {COMMAND}
          args:
            chdir: defs
    """,
}


@pytest.mark.parametrize("text", RUNS_IN.values(), ids=RUNS_IN)
def test_a_definition_is_looked_for_where_the_program_runs(text: str) -> None:
    """The working directory that a step sets decides which file its command reads."""
    files = {"ci.yml": dedent(text), "defs/job.yaml": JOB, "job.yaml": JOB}
    result = planned(files, cli_ready=True)

    assert result.texts["defs/job.yaml"] == NEW_JOB
    assert result.texts.get("job.yaml", JOB) == JOB


def test_a_definition_stays_where_the_folder_is_not_known() -> None:
    """The file of that name at the top is not the one in a folder that an input names."""
    step = f"steps:\n  - run: {COMMAND}\n    working-directory: ${{{{ inputs.folder }}}}\n"
    result = planned({"ci.yml": step, "job.yaml": JOB}, cli_ready=True)

    assert result.kinds == [("cli-call", "review")]
    assert result.texts.get("job.yaml", JOB) == JOB


TEMPLATES = {
    "play.yml.j2": """
        {% for job in jobs %}
        - uri:
            url: https://api.northflank.com/v1/projects/{{ job.project }}/jobs/manual
            method: PUT
            body:
              name: {{ job.name }}
              backoffLimit: {{ job.limit }}
        {% endfor %}
    """,
    "steps.yaml.erb": """
        <% if production %>
        - url: https://api.northflank.com/v1/projects/<%= project %>/jobs/manual
          method: PUT
          body:
            name: <%= name %>
            backoffLimit: <%= limit %>
        <% end %>
    """,
    "steps.yaml.gotmpl": """
        {{- range .jobs }}
        - url: https://api.northflank.com/v1/projects/{{ .project }}/jobs/manual
          method: PUT
          body:
            name: {{ .name | quote }}
            backoffLimit: {{ .limit }}
        {{- end }}
    """,
}


@pytest.mark.parametrize(("path", "text"), TEMPLATES.items(), ids=TEMPLATES)
def test_templates_are_read_by_what_they_make(path: str, text: str) -> None:
    """The suffix of a template language does not hide YAML; only plain spans are edited."""
    before = dedent(text)
    result = planned({path: before})

    limit = next(line for line in before.splitlines() if "backoffLimit" in line)
    moved = f"{limit.partition('backoffLimit')[0]}settings:\n  {limit}"
    assert result.text == before.replace("/manual", "").replace(limit, moved)
    assert planned({path: result.text}).uses == []


def test_a_template_that_decides_about_the_body_is_left_to_a_person() -> None:
    """What a directive adds to a body is not known."""
    text = dedent("""
        - uri:
            url: https://api.northflank.com/v1/projects/p/jobs/manual
            method: PUT
            body:
              backoffLimit: 0
        {% if always %}
              runOnSourceChange: always
        {% endif %}
    """)
    result = planned({"play.yml.j2": text})

    assert result.text == text
    assert result.kinds == [("http-call", "review")]


def test_powershell_in_a_pipeline_is_not_read_as_shell() -> None:
    """The quoting of PowerShell is another one: only plain commands of the CLI are edited."""
    text = dedent("""
        steps:
          - pwsh: northflank put job manual --projectId p -f job.yaml
          - run: curl -X PUT https://api.northflank.com/v1/projects/p/jobs/manual -d '{"backoffLimit":0}'
            shell: pwsh
          - task: PythonScript@0
            inputs:
              script: |
                import requests
                requests.put("https://api.northflank.com/v1/projects/p/jobs/manual", json={"backoffLimit": 0})
    """)
    result = planned({"ci.yml": text, "job.yaml": JOB}, cli_ready=True)

    assert [(use.language, str(use.action)) for use in result.uses] == [
        ("shell", "rewrite"),
        ("powershell", "review"),
        ("python", "rewrite"),
    ]
