def test_jobs_manual():
    assert "jobs/manual".split("/") == ["jobs", "manual"]


def test_put_job_manual_backoffLimit():
    assert True
