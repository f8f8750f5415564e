"""Runs nginx and Caddy, as their examples say, in front of gunicorn, and asks through them."""

import json
import re
import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any, NamedTuple

from .. import ROOT
from ..drill.machines import eventually, free_port
from .programs import NAME, Site, answers, export, folder, program, require, run, say

CERTIFICATE = ROOT / "tests" / "links" / "site.test.pem"
FORGED = {
    "X-Forwarded-Proto": "http",
    "X-Forwarded-For": "192.0.2.66",
    "X_Forwarded_For": "192.0.2.66",
    "X-Forwarded-Host": "evil.example.org",
    "X-Forwarded-Port": "666",
    "Forwarded": "for=192.0.2.66;host=evil.example.org;proto=http",
    "X-Request-ID": "forged",
}
# What a static file is sent with has to be the same from the proxy and from the site.
OF_FILES = (
    "Cache-Control",
    "Content-Encoding",
    "Content-Type",
    "Cross-Origin-Embedder-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "Strict-Transport-Security",
    "X-Content-Type-Options",
    "X-Frame-Options",
)


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Proxy(NamedTuple):
    name: str
    package: str
    write: Callable[[Path, int, int], list[str]]


def nginx(path: Path, port: int, plain_port: int) -> list[str]:
    site = filled((ROOT / "deploy" / "nginx.conf").read_text(), path)
    # There may be no IPv6 here.
    site = re.sub(r"^ *listen \[::\].*\n", "", site, flags=re.MULTILINE)
    site = site.replace("listen 80", f"listen 127.0.0.1:{plain_port}")
    site = site.replace("listen 443", f"listen 127.0.0.1:{port}")
    site = re.sub(r"/etc/letsencrypt/\S+\.pem", str(CERTIFICATE), site)
    site = site.replace("/var/log/nginx", str(path))
    (path / "site.conf").write_text(site)
    (path / "nginx.conf").write_text(
        "daemon off; worker_processes 1; pid nginx.pid; error_log stderr;\n"
        "events {}\n"
        "http { include /etc/nginx/mime.types; include site.conf; }\n"
    )
    command = [program("nginx", "nginx"), "-e", "stderr", "-p", str(path), "-c", "nginx.conf"]
    run([*command, "-t"])
    return command


def caddy(path: Path, port: int, plain_port: int) -> list[str]:
    site = filled((ROOT / "deploy" / "Caddyfile").read_text(), path)
    ours = f"{{\n\tadmin off\n\thttp_port {plain_port}\n\tdefault_bind 127.0.0.1\n"
    site = site.replace("{\n", ours, 1)
    begin = f"https://{NAME}:{port} {{\n\ttls {CERTIFICATE} {CERTIFICATE}\n"
    site = site.replace(f"\n{NAME} {{\n", f"\n{begin}")
    (path / "Caddyfile").write_text(site)
    options = ["--config", str(path / "Caddyfile"), "--adapter", "caddyfile"]
    run([program("caddy", "caddy"), "validate", *options], env=caddy_environment(path))
    return [program("caddy", "caddy"), "run", *options]


def caddy_environment(path: Path) -> dict[str, str]:
    return {"HOME": str(path), "XDG_DATA_HOME": str(path), "XDG_CONFIG_HOME": str(path)}


def filled(example: str, path: Path) -> str:
    """Put the places of this drill where an operator puts their own."""
    return example.replace("/run/showcase.sock", str(path / "showcase.sock")).replace(
        "/var/lib/showcase", str(path / "release" / "var")
    )


PROXIES = [Proxy("nginx", "nginx", nginx), Proxy("Caddy", "caddy", caddy)]


def ask_through_each() -> None:
    with folder() as path:
        export(path / "release")
        site = Site(path / "release", f"sqlite:///{path}/showcase.sqlite3")
        site.manage("migrate", "--verbosity=0")
        site.manage("loaddata", "--verbosity=0")
        site.manage("collectstatic", "--noinput", "--verbosity=0")
        bind = f"unix:{path}/showcase.sock"
        for proxy in PROXIES:
            with running(proxy, path) as ask:
                with site.serving("--bind", bind):
                    eventually("the site is there", lambda: ask("/healthz").status == 200)
                    pages_and_files(proxy, ask, path)
                require(ask("/").status == 503, f"{proxy.name} says that the site is not there")
                require("Retry-After" in ask("/").headers, "and asks to come back")
                with site.serving("--bind", bind, "tests.deploy.echo:application"):
                    eventually("its place is taken", lambda: ask("/").status == 200)
                    headers_that_arrive(proxy, ask)
            say(f"{proxy.name} shows the site, and what it says of visitors is its own.")


@contextmanager
def running(proxy: Proxy, path: Path) -> Iterator["Visitor"]:
    port, plain_port = free_port(), free_port()
    command = proxy.write(path, port, plain_port)
    with (path / f"{proxy.name}.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=path, env=caddy_environment(path), stdout=log, stderr=log
        )
    try:
        answers(port, process)
        yield Visitor(port, plain_port)
    finally:
        process.terminate()
        process.wait()


class Visitor:
    """Asks over TLS by the name of the site, of which the certificate knows nothing."""

    def __init__(self, port: int, plain_port: int) -> None:
        self.port, self.plain_port = port, plain_port
        self.context = ssl._create_unverified_context()  # noqa: S323 (made for tests)

    def __call__(
        self,
        path: str,
        method: str = "GET",
        host: str = NAME,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
    ) -> Answer:
        connection = HTTPSConnection("127.0.0.1", self.port, timeout=30, context=self.context)
        raw = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        connection.sock = self.context.wrap_socket(raw, server_hostname=host)
        try:
            connection.request(method, path, body or None, {"Host": host, **(headers or {})})
            return read(connection.getresponse())
        finally:
            connection.close()

    def plainly(self, path: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.plain_port, timeout=30)
        try:
            connection.request("GET", path, headers={"Host": NAME})
            return read(connection.getresponse())
        finally:
            connection.close()

    def protocol(self) -> str | None:
        """Return what is spoken with somebody who knows HTTP/2."""
        context = ssl._create_unverified_context()  # noqa: S323 (as above)
        context.set_alpn_protocols(["h2", "http/1.1"])
        with (
            socket.create_connection(("127.0.0.1", self.port), timeout=30) as raw,
            context.wrap_socket(raw, server_hostname=NAME) as connection,
        ):
            return connection.selected_alpn_protocol()


def read(response: HTTPResponse) -> Answer:
    return Answer(response.status, dict(response.getheaders()), response.read())


def pages_and_files(proxy: Proxy, ask: Visitor, path: Path) -> None:
    home = ask("/")
    require(home.status == 200, f"{proxy.name} shows the home page, not {home.status}")
    require("Strict-Transport-Security" in home.headers, "the site knows that it is behind TLS")
    require("Set-Cookie" not in home.headers, "no cookie is set")
    require(ask.protocol() == "h2", f"{proxy.name} speaks HTTP/2")
    plain = ask.plainly("/projects/?tag=storage")
    require(plain.status in (301, 308), f"{proxy.name} leads to TLS, and not {plain.status}")
    leads_to = plain.headers["Location"].replace(f":{ask.port}", "")
    require(leads_to == f"https://{NAME}/projects/?tag=storage", f"not {leads_to}")
    huge = answer_if_any(ask, "/contact/", "POST", body=bytes(22 * 1024**2))
    require(huge is None or huge.status == 413, f"{proxy.name} takes no body of 22 MB")
    # Sent on while it is refused already; whether that breaks is a matter of moments.
    refused = [ask("/nothing/", "POST", body=bytes(8 * 1024**2)).status for _ in range(5)]
    require(refused == [404] * 5, f"{proxy.name} gives the site's refusal, and not {refused}")
    stranger = answer_if_any(ask, "/", host="another.example.org")
    require(stranger is None or NAME.encode() not in stranger.body, "another name shows nothing")
    files = re.findall(rb'"(/static/[^"]+\.(?:css|js|svg))"', home.body)
    require(files, "the home page has files")
    for name in sorted({file.decode() for file in files}):
        same_file(proxy, ask, path, name)


def answer_if_any(ask: Visitor, *question: Any, **details: Any) -> Answer | None:
    """Return the answer; nothing where the proxy cuts the connection instead."""
    try:
        return ask(*question, **details)
    except OSError:
        return None


def same_file(proxy: Proxy, ask: Visitor, path: Path, name: str) -> None:
    """Hold a file from the proxy against the same one from the site."""
    through = ask(name, headers={"Accept-Encoding": "gzip"})
    directly = HTTPConnection(NAME)
    directly.sock = socket.socket(socket.AF_UNIX)
    directly.sock.connect(str(path / "showcase.sock"))
    headers = {"Accept-Encoding": "gzip", "X-Forwarded-Proto": "https"}
    directly.request("GET", name, headers=headers)
    from_site = read(directly.getresponse())
    directly.close()
    require(through.body == from_site.body, f"{proxy.name} sends the bytes of {name}")
    for header in OF_FILES:
        found, expected = (worded(each.headers.get(header)) for each in (through, from_site))
        require(found == expected, f"{proxy.name}: {name}: {header}: {found} is {expected}")
    require("Content-Security-Policy" in through.headers, f"{name} has a policy")


def worded(value: str | None) -> list[str]:
    """Return the words of a header, in one order and one spelling."""
    plain = (value or "").lower().replace('"', "").replace("application/java", "text/java")
    return sorted(re.split(r"[;,] *", plain))


def headers_that_arrive(proxy: Proxy, ask: Visitor) -> None:
    arrived = json.loads(ask("/anything", headers=FORGED).body)
    require(arrived["HTTP_X_FORWARDED_PROTO"] == "https", "the scheme is the real one")
    require(arrived["HTTP_X_FORWARDED_FOR"] == "127.0.0.1", "the address is the real one")
    require(arrived["HTTP_HOST"] == NAME, "the host is the real one")
    require(len(arrived["HTTP_X_REQUEST_ID"]) >= 32, "the request has a number")
    for value in FORGED.values():
        told = [name for name, said in arrived.items() if value in said and value != "http"]
        require(not told, f"{proxy.name} hands on nothing of {value}, but {told}")
