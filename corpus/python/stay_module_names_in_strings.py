import importlib
from unittest import mock

module = importlib.import_module("app.jobs.manual")
with mock.patch("app.jobs.manual.requests.put") as put:
    module.run()
put.assert_called_once()
