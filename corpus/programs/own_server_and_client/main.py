"""A service with a route of the same name, which calls itself and Northflank."""

import http.server
import json
import os
import threading
import urllib.request

import requests


class Handler(http.server.BaseHTTPRequestHandler):
    def do_PUT(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        known = self.path == "/jobs/manual" and "backoffLimit" in body
        self.send_response(204 if known else 404)
        self.end_headers()

    def log_message(self, *args):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
request = urllib.request.Request(
    f"http://127.0.0.1:{server.server_port}/jobs/manual",
    data=json.dumps({"name": "x", "backoffLimit": 0}).encode(),
    method="PUT",
)
with urllib.request.urlopen(request) as own:
    print(own.status)
server.shutdown()
server.server_close()

northflank = os.environ["NORTHFLANK_API_URL"]
print(requests.put(f"{northflank}/v1/projects/web/jobs/manual", json={"name": "y", "backoffLimit": 0}, timeout=10).status_code)
