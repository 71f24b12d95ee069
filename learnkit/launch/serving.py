"""Pages served to this machine alone."""

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class PageServer(ThreadingHTTPServer):
    """Serves pages to this machine alone, on a port, or with 0 on any that is free.

    Raises OSError if the port cannot be used.
    """

    daemon_threads = True

    def __init__(self, port, request):
        super().__init__(("127.0.0.1", port), request)

    @property
    def url(self):
        """The address of the page."""
        return f"http://127.0.0.1:{self.server_port}/"


class PageRequest(BaseHTTPRequestHandler):
    """Answers a request by HTML, which is never kept; a page that asks again and again is not
    logged.
    """

    timeout = 30  # seconds for a browser that says nothing

    def send_page(self, html):
        content = html.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass
