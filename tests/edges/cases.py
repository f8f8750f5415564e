"""Requests that nobody sends by accident: made by chance, and the same each time."""

from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote, quote_plus, urlencode

from tests.catalogue import FILES, PAGES, PICTURES, PROBES

from .production import BEHIND_TLS, HOST

SEED = 7
# It never comes out with its signs as they are, and never in capitals: templates would make those.
MARK = "zqquokka"
MARKUP = [
    f"<{MARK}>",
    f'"{MARK}=1 x="',
    f"'{MARK}=1><{MARK} onload=alert(1)>",
    f"</title><{MARK}>",
    f"</script><{MARK}>",
    f"-->]]><{MARK}>",
    f"<!ENTITY {MARK} SYSTEM 'file:///etc/passwd'>",
]
TEMPLATES = [
    f'{{{{ "{MARK}"|upper }}}}',
    f"{{% filter upper %}}{MARK}{{% endfilter %}}",
    f"${{'{MARK}'.toUpperCase()}}",
    "{% debug %}",
    "{{ settings.SECRET_KEY }}",
    "%(SECRET_KEY)s {0.__class__} %s%n",
]
QUERIES = [
    *("' OR '1'='1", "'; DROP TABLE projects_project; --", "1) UNION SELECT 1 --", "\\'", "%' --"),
    *(
        "NEAR(a b, 2)",
        "name:virter",
        'a AND "b',
        "a OR OR b",
        "NOT",
        "*",
        "^a",
        "{a b}: c",
        "a + b",
    ),
    *("(((", "a & !b | c", "a <-> b", "a:*", "'a':ABCD", "--", "/* */", "$1", "?", "||", '"', "'"),
]
PATHS = [
    *(
        "../../../../etc/passwd",
        "..\\..\\windows\\win.ini",
        "%2e%2e/%2e%2e/",
        "....//",
        "/etc/passwd",
    ),
    *("..%252f..%252f", "file:///etc/passwd", "\\\\evil\\x", ".git/config", ".env", "php://input"),
]
UNICODE = [
    *("\0", "a\0b", "\x01\x1f\x7f", "\r\nSet-Cookie: a=b", "\n\n<x>", "\t", "\x85", "\u2028"),
    *(
        "\u202eevil\u202c",
        "\u2066\u2069",
        "\ufeff",
        "\ufffe",
        "\U0010ffff",
        "\ud7ff",
        "\u200d" * 50,
    ),
    *(
        "e" + "\u0301" * 300,
        "\u0130\u0131\u017f\u212a",
        "\ufdfa" * 40,
        "\U0001f469\u200d\U0001f4bb",
    ),
    *("\u1e9e" * 30, "\u0e33" * 99, "\u05e9\u05dc\u05d5\u05dd", "\u3000", " ", ""),
]
NUMBERS = [
    *("-1", "0", "1e309", "9" * 30, "9" * 5_000, "NaN", "0x10", "1.5", "\u0661", "\u00b2", "-0"),
    *("None", "null", "true", "[]", "{}", "undefined"),
]
# Bytes that are no text: cut off, too long, half a pair, beyond the last.
NO_TEXT = ["%ff", "%c3", "%c0%ae", "%ed%a0%80", "%ed%b0%80%ed%a0%80", "%f4%90%80%80", "%80", "%"]
NO_TEXT += ["%zz", "%u0041", "%2", "\xff", "\xc3\x28", "%e2%80%ae%ff"]
LONG = ["x" * 300, "x" * 10_000, "a " * 2_000, "-" * 999, "/" * 500, "%00" * 500, "virter " * 500]

KNOWN = ["q", "tag", "-tag", "licence", "language", "status", "person", "sort", "page", "p", "add"]
KNOWN += ["project", "alternative", "only", "tray", "compare", "contains", "next", "about", "kind"]
CODINGS = [
    "gzip",
    "br;q=1",
    "gzip;q=0, *;q=0",
    "deflate, x-gzip",
    "*",
    "identity;q=0",
    ",,,;",
    "GZIP",
]
RANGES = ["bytes=0-", "bytes=-1", "bytes=5-2", "bytes=0-0,1-1,2-2", "bytes=a-b", "lines=1-2", "="]
RANGES += ["bytes=99999999999999999999-", "bytes=" + "0-0," * 500, "bytes 0-1", "bytes=-0"]
CONDITIONS = ["*", '"', 'W/"x', '"x", W/"y"', "W/W/", "Thu, 99 Foo 9999 99:99:99 GMT", "0", "-1"]
CONDITIONS += ["Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 99999 23:59:59 GMT", '"' * 999, "\xff"]
METHODS = ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"]
METHODS += ["get", "GETT", "X" * 300, "G\xcbT", "PURGE", "DEBUG"]
FORMS = "application/x-www-form-urlencoded"
TYPES = [FORMS, "multipart/form-data", "multipart/form-data; boundary=x", "application/json"]
CHARSETS = [
    "utf-7",
    "hex",
    "rot13",
    "zlib",
    "idna",
    "punycode",
    "undefined",
    "utf-16",
    "nothing",
    '"',
]
TYPES += [f"{FORMS}; charset={name}" for name in CHARSETS]
TYPES += [
    f"{FORMS}; charset*=UTF-8''hex",
    f'{FORMS};CHARSET="base64"',
    "a; b*=nothing''c",
    "text/xml",
    "",
    "\xff/;=;",
]
TYPES += ["multipart/form-data; boundary=" + "x" * 300, "multipart/form-data; boundary=\x01"]
PART = b'--x\r\nContent-Disposition: form-data; name="message"'
BODIES = [
    *(
        b"",
        b"&&==&",
        b"%ff=%ff",
        b"\xff\xfe\0\0",
        b'{"a": ' * 200,
        b"<a/>",
        b"message=" + b"x" * 9_999,
    ),
    *(
        PART,
        PART + b"\r\n\r\n\xff\xff\r\n--x--",
        PART + b'; filename="../../x"\r\n\r\na\r\n--x--\r\n',
    ),
    *(PART + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n=\r\n--x--\r\n", PART * 50, b"--x--"),
    *(
        PART + b"\r\nContent-Type: text/plain; charset=utf-7\r\n\r\n+ADw-\r\n--x--\r\n",
        b"a=1&" * 1_500,
    ),
]
LENGTHS = ["0", "1", "-1", "x", "", "999999999999", "+5", "5, 5", "3e1", " 7"]
HEADERS = ["user_agent", "referer", "accept", "accept_language", "origin", "x_forwarded_for", "te"]
HEADERS += [
    "authorization",
    "x_requested_with",
    "sec_fetch_site",
    "upgrade",
    "expect",
    "via",
    "dnt",
]
HEADERS += ["x_request_id", "x_csrftoken", "cache_control", "pragma", "if_match", "accept_charset"]
SCHEMES = ["http", "https, http", "", "HTTPS", "javascript"]
HOSTS = ["evil.example", f"{HOST}:99999", f"{HOST}:", f"{HOST}@x", "\xff", "a" * 300, f"{HOST}\0"]


@dataclass
class Case:
    """A request as a server hands it on."""

    path: str
    query: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=lambda: dict(BEHIND_TLS))
    content_type: str | None = None
    content_length: str | None = None
    body: bytes = b""
    network: str = "192.0.2.1"


class Chance:
    """Makes one request after the other from a seed."""

    def __init__(self, targets, seed=SEED):
        self.random = Random(seed)  # noqa: S311 (nothing is kept secret by it)
        self.targets = targets
        self.number = 0
        # By what pages that were seen before are recognised.
        self.tags = ['"none"']

    def case(self):
        """Return the next request: to each address in turn, with one to three oddities."""
        path, _, query = self.targets[self.number % len(self.targets)].partition("?")
        self.number += 1
        case = Case(path, query, network=f"192.0.2.{self.number % 256}")
        for _ in range(self.random.choice([1, 1, 2, 3])):
            self.random.choices(ODDITIES, WEIGHTS)[0](self, case)
        return case

    def word(self):
        """Return some odd text."""
        kind = self.random.choice(
            [MARKUP, MARKUP, TEMPLATES, QUERIES, PATHS, UNICODE, NUMBERS, LONG]
        )
        word = self.random.choice(kind)
        return self.random.choice(
            [word, word, f"virter {word}", word + self.random.choice(UNICODE)]
        )

    def encoded(self, encode=quote_plus):
        """Return it as it may stand in an address."""
        if self.random.random() < 0.2:
            return self.random.choice(NO_TEXT)
        return encode(self.word())

    def odd_path(self, case):
        parts = case.path.split("/")
        place = self.random.randrange(len(parts))
        word = self.encoded(self.random.choice([quote, lambda text: quote(text, safe="")]))
        parts[place] = self.random.choice([word, parts[place] + word, f"{word}/{parts[place]}"])
        case.path = "/".join(parts) if parts[0] == "" else f"/{'/'.join(parts)}"

    def odd_query(self, case):
        name = self.random.choice([*KNOWN, *KNOWN, "utm_source", self.encoded()])
        pair = f"{name}={self.encoded()}"
        copies = self.random.choice([1] * 12 + [2, 3, 150, 1_200])
        case.query = "&".join([*filter(None, [case.query]), *[pair] * copies])

    def plain_query(self, case):
        """What means nothing, or nothing any more."""
        case.query += self.random.choice(
            [
                "&",
                "&=",
                "=",
                "&a",
                "&&&&",
                ";a=1",
                "&a[]=1",
                "?",
                "#x",
                "&%00",
                "&utm_source=x",
                "&q",
            ]
        )

    def odd_method(self, case):
        case.method = self.random.choice(METHODS)

    def head(self, case):
        case.method = "HEAD"

    def odd_header(self, case):
        name = self.random.choice([*HEADERS, f"x_{self.random.randrange(99)}"])
        case.headers[name] = self.latin(self.word())

    def odd_coding(self, case):
        case.headers["accept_encoding"] = self.random.choice([*CODINGS, "a," * 500])

    def odd_range(self, case):
        case.headers["range"] = self.random.choice(RANGES)
        case.headers["if_range"] = self.random.choice(CONDITIONS)

    def odd_condition(self, case):
        name = self.random.choice(["if_none_match", "if_modified_since", "if_unmodified_since"])
        case.headers[name] = self.random.choice(CONDITIONS)

    def seen_before(self, case):
        case.headers["if_none_match"] = ", ".join(self.tags[-self.random.randrange(1, 200) :])

    def odd_cookie(self, case):
        word = self.latin(self.word())
        whole = f"__Host-session={'a' * 32}; __Host-csrf={'b' * 64}"
        cookies = [f"{name}={word}" for name in ("__Host-session", "__Host-csrf", "messages")]
        cookies += [whole, word, ";=;=" * 99, "$Version=1; a=\\", "a=1; " * 500]
        case.headers["cookie"] = self.random.choice(cookies)

    def odd_host(self, case):
        case.headers["host"] = self.random.choice(HOSTS)

    def odd_scheme(self, case):
        case.headers["x_forwarded_proto"] = self.random.choice(SCHEMES)

    def odd_body(self, case):
        case.method = self.random.choice(["POST", "POST", "POST", "PUT"])
        case.content_type = self.random.choice([FORMS, *TYPES])
        names = ["kind", "message", "name", "email", "consent", "moment", "website", "username"]
        names += ["password", "next", "csrfmiddlewaretoken", "project", "address"]
        pairs = [(self.random.choice(names), self.word()) for _ in range(self.random.randrange(9))]
        form = urlencode(pairs, errors="replace").encode()
        case.body = self.random.choice([form, form, self.random.choice(BODIES)])
        case.content_length = self.random.choice([None] * 8 + LENGTHS)

    @staticmethod
    def latin(text):
        """Return a text as a header can carry it; a line break ends the header."""
        return text.encode().decode("latin-1").replace("\r", " ").replace("\n", " ")


# How often each of them is chosen: what costs a page of its own less often.
CHANCES = {
    Chance.odd_path: 1,
    Chance.odd_query: 5,
    Chance.plain_query: 4,
    Chance.odd_method: 3,
    Chance.head: 3,
    Chance.odd_header: 10,
    Chance.odd_coding: 6,
    Chance.odd_range: 6,
    Chance.odd_condition: 8,
    Chance.seen_before: 4,
    Chance.odd_cookie: 6,
    Chance.odd_host: 1,
    Chance.odd_scheme: 1,
    Chance.odd_body: 3,
}
ODDITIES, WEIGHTS = [*CHANCES], [*CHANCES.values()]

ELSEWHERE = {
    "security": "/.well-known/security.txt",
    "preview": "/preview/nothing:at:all/",
    "metrics": "/metrics",
    "sign-in": "/admin/login/",
    "file": "/static/css/base.css",
}
TARGETS = [*PAGES.values(), *FILES.values(), *PICTURES.values(), *PROBES.values()]
TARGETS += [*ELSEWHERE.values(), "/de/", "/de/projects/?tag=storage", "/de/contact/"]
# The form and the search come more often.
TARGETS += ["/contact/?about=virter", "/projects/?q=virter"]
