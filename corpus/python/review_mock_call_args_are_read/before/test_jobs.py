from unittest.mock import patch

import jobs


@patch("jobs.session.put")
def test_put(mock_put):
    jobs.put("p", 4)
    assert mock_put.call_args.kwargs["json"]["backoffLimit"] == 4
