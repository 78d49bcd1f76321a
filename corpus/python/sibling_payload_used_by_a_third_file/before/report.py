from payloads import nightly


def report():
    print("retries", nightly()["backoffLimit"])
