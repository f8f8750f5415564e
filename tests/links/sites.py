"""Servers on this machine that answer as sites do, and as no site should."""

from collections import Counter, defaultdict
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread

from showcase.links.checking import Checker
from showcase.links.network import Network

# A key and a certificate for site.test that nobody but these tests trusts.
CERTIFICATE = Path(__file__).with_name("site.test.pem")
HERE = "127.0.0.1"


class Site:
    """What a server answers by path, and how it was asked."""

    def __init__(self):
        self.answers = {}
        self.asked = []
        self.agents = set()
        self.at_once = Counter()
        self.most_at_once = defaultdict(int)
        # Ends the answers that would last for ever.
        self.is_closing = Event()
        self.lock = Lock()

    def url(self, path="/", host="site.test", scheme="http"):
        return f"{scheme}://{host}:{self.port}{path}"

    def answer(self, path, *answers):
        """Answer with a status, with a status and headers, or as a function does, in this order.

        The last of several answers is given ever after.
        """
        self.answers[path] = list(answers)

    def next_answer(self, path):
        with self.lock:
            answers = self.answers.get(path, [200])
            return answers.pop(0) if len(answers) > 1 else answers[0]

    def count(self, host):
        """Count how many questions a host has at once, before any of them gets its answer."""
        with self.lock:
            self.at_once[host] += 1
            self.most_at_once[host] = max(self.most_at_once[host], self.at_once[host])
        # Time for another to come in, if the client lets it.
        self.is_closing.wait(0.002)
        with self.lock:
            self.at_once[host] -= 1


class Handler(BaseHTTPRequestHandler):
    def handle_one_request(self):
        self.close_connection = True
        self.raw_requestline = self.rfile.readline(65_537)
        if self.raw_requestline and self.parse_request():
            self.reply()

    def reply(self):
        site = self.server.site
        site.asked.append((self.command, self.path))
        site.agents.add(self.headers["User-Agent"])
        site.count(self.headers["Host"])
        answer = site.next_answer(self.path)
        if callable(answer):
            answer(self)
        else:
            status, headers = (answer, {}) if isinstance(answer, int) else answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

    def log_message(self, *args):
        """Say nothing."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that goes away in the middle is what many of these tests are about."""


@contextmanager
def serving(tls=None):
    site = Site()
    with Server((HERE, 0), Handler) as server:
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        server.site, site.port = site, server.server_port
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield site
        finally:
            site.is_closing.set()
            server.shutdown()
            thread.join()


class PatientStop(Event):
    """Notes how long would have been waited, and does not wait."""

    def __init__(self):
        super().__init__()
        self.waits = []

    def wait(self, timeout=None):
        self.waits.append(timeout)
        return self.is_set()


def local_network(**options):
    """Reach every host at this machine, by any port."""
    return Network(
        **{
            "resolve": lambda host, port: [HERE],
            "is_allowed": lambda address: address == HERE,
            "ports": None,
        }
        | options
    )


def check(url, stop=None, **options):
    """Return what is found about an address, without waiting between tries."""
    return Checker(local_network(**options), 0, stop or PatientStop()).check(url)


# Answers


def raw(*parts):
    """Answer with these very bytes."""

    def answer(handler):
        for part in parts:
            handler.wfile.write(part)

    return answer


def endless(beginning, repeated):
    """Answer for as long as anybody listens."""

    def answer(handler):
        handler.wfile.write(beginning)
        while not handler.server.site.is_closing.is_set():
            handler.wfile.write(repeated)

    return answer


def trickling(handler):
    """Send a header that never ends, a letter now and then."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not handler.server.site.is_closing.wait(0.02):
        handler.wfile.write(b"x")


def silent(handler):
    handler.server.site.is_closing.wait()


def half_a_page(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nAnd then")
    handler.server.site.is_closing.wait()


def redirect(to, status=302):
    return status, {"Location": to}
