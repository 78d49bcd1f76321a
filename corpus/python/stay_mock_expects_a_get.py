from unittest.mock import call, patch

import northflank_jobs

URL = "https://api.northflank.com/v1/projects/p/jobs/manual"


@patch("northflank_jobs.session.put")
@patch("northflank_jobs.session.get")
def test_get(mock_get, mock_put):
    northflank_jobs.show("p")
    mock_get.assert_called_once_with(URL, timeout=5)
    assert mock_get.mock_calls == [call.get(URL, timeout=5)]
