from http.server import BaseHTTPRequestHandler


class Handler(BaseHTTPRequestHandler):
    def do_PUT(self):
        if self.path == "/jobs/manual":
            self.send_response(204)
        elif self.path.startswith("/jobs/cron/"):
            self.send_response(404)
