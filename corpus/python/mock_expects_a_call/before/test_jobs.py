from unittest.mock import ANY, call, patch

import jobs

URL = "https://api.northflank.com/v1/projects/p/jobs/manual"


@patch("jobs.session.put")
def test_put(mock_put):
    jobs.put("p")
    mock_put.assert_called_once_with(URL, json={"name": "n", "backoffLimit": 1}, timeout=5)
    mock_put.assert_called_with(URL, json=ANY, timeout=ANY)
    expected = {"name": "n", "backoffLimit": 1}
    assert mock_put.mock_calls[0] == call(URL, json=expected, timeout=5)


@patch("jobs.session.put")
def test_get_is_not_sent(mock_put):
    jobs.session.get.assert_not_called()
