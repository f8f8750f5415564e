"""The score of an answer by the rules of the HTTP Observatory.

https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring describes them; this follows
its scanner, https://github.com/mdn/mdn-http-observatory, as of August 2026 (commit 94042bb):
`src/grader/charts.js` has the modifiers, each file in `src/analyzer/tests/` is a function below,
and `src/scanner/index.js` adds up. Where a rule asks for what no answer tells (certificates, the
list of domains that browsers carry), nothing is given for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from http.cookies import Morsel, SimpleCookie
from urllib.parse import urlsplit

from tests.pages.document import Document

# What each result adds to 100.
MODIFIERS = {
    # Content Security Policy
    "csp-implemented-with-no-unsafe-default-src-none": 10,
    "csp-implemented-with-no-unsafe": 5,
    "csp-implemented-with-unsafe-inline-in-style-src-only": 0,
    "csp-implemented-with-insecure-scheme-in-passive-content-only": -10,
    "csp-implemented-with-unsafe-eval": -10,
    "csp-implemented-with-unsafe-inline": -20,
    "csp-implemented-with-insecure-scheme": -20,
    "csp-header-invalid": -25,
    "csp-not-implemented": -25,
    # Cookies
    "cookies-secure-with-httponly-sessions-and-samesite": 5,
    "cookies-secure-with-httponly-sessions": 0,
    "cookies-not-found": 0,
    "cookies-without-secure-flag-but-protected-by-hsts": -5,
    "cookies-session-without-secure-flag-but-protected-by-hsts": -10,
    "cookies-without-secure-flag": -20,
    "cookies-samesite-flag-invalid": -20,
    "cookies-anticsrf-without-samesite-flag": -20,
    "cookies-session-without-httponly-flag": -30,
    "cookies-session-without-secure-flag": -40,
    # Cross-Origin-Embedder-Policy
    "coep-implemented-with-require-corp": 10,
    "coep-implemented-with-credentialless": 10,
    "coep-implemented-with-unsafe-none": 0,
    "coep-not-implemented": 0,
    "coep-header-invalid": -5,
    # Cross-Origin-Opener-Policy
    "coop-implemented-with-same-origin": 10,
    "coop-implemented-with-same-origin-allow-popups": 10,
    "coop-implemented-with-noopener-allow-popups": 10,
    "coop-implemented-with-unsafe-none": 0,
    "coop-not-implemented": 0,
    "coop-header-invalid": -5,
    # Cross-origin resource sharing
    "cors-not-implemented": 0,
    "cors-implemented-with-public-access": 0,
    "cors-implemented-with-restricted-access": 0,
    "cors-implemented-with-universal-access": -50,
    # Redirection
    "redirection-to-https": 0,
    "redirection-off-host-from-http": -5,
    "redirection-not-to-https-on-initial-redirection": -10,
    "redirection-missing": -20,
    # Referrer-Policy
    "referrer-policy-private": 5,
    "referrer-policy-not-implemented": 0,
    "referrer-policy-unsafe": -5,
    "referrer-policy-header-invalid": -5,
    # Strict-Transport-Security; 5 for those on the preload list of browsers is never given here
    "hsts-implemented-max-age-at-least-six-months": 0,
    "hsts-implemented-max-age-less-than-six-months": -10,
    "hsts-not-implemented": -20,
    "hsts-header-invalid": -20,
    # Subresource Integrity
    "sri-implemented-and-all-scripts-loaded-securely": 5,
    "sri-not-implemented-response-not-html": 0,
    "sri-not-implemented-but-no-scripts-loaded": 0,
    "sri-not-implemented-but-all-scripts-loaded-from-secure-origin": 0,
    "sri-not-implemented-and-external-scripts-not-loaded-securely": -50,
    # X-Content-Type-Options
    "x-content-type-options-nosniff": 0,
    "x-content-type-options-not-implemented": -5,
    "x-content-type-options-header-invalid": -5,
    # X-Frame-Options
    "x-frame-options-implemented-via-csp": 5,
    "x-frame-options-sameorigin-or-deny": 5,
    "x-frame-options-allow-from-origin": 0,
    "x-frame-options-not-implemented": -20,
    "x-frame-options-header-invalid": -20,
    # Cross-Origin-Resource-Policy
    "corp-implemented-with-same-origin": 10,
    "corp-implemented-with-same-site": 10,
    "corp-implemented-with-cross-origin": 0,
    "corp-not-implemented": 0,
    "corp-header-invalid": -5,
}
BASELINE = 100
# Who loses more than this gets nothing on top.
MINIMUM_FOR_BONUS = 90

SIX_MONTHS = 15_552_000
BROAD = {"ftp:", "http:", "https:", "*"} | {
    f"{scheme}://{host}" for scheme in ("http", "https") for host in ("*", "*.*")
}
INLINE = {"'unsafe-inline'", "data:"}
PASSIVE = ("img-src", "media-src")
PRIVATE_REFERRER = {"no-referrer", "same-origin", "strict-origin"} | {
    "strict-origin-when-cross-origin"
}
UNSAFE_REFERRER = {"origin", "origin-when-cross-origin", "unsafe-url"} | {
    "no-referrer-when-downgrade"
}
EMBEDDER_POLICIES = {"require-corp", "credentialless", "unsafe-none"}
OPENER_POLICIES = {"same-origin", "same-origin-allow-popups", "noopener-allow-popups"} | {
    "unsafe-none"
}
RESOURCE_POLICIES = {"same-origin", "same-site", "cross-origin"}
# From the better to the worse: the worst of all cookies counts.
WORSE_COOKIES = [
    "cookies-without-secure-flag-but-protected-by-hsts",
    "cookies-without-secure-flag",
    "cookies-session-without-secure-flag-but-protected-by-hsts",
    "cookies-samesite-flag-invalid",
    "cookies-anticsrf-without-samesite-flag",
    "cookies-session-without-httponly-flag",
    "cookies-session-without-secure-flag",
]


@dataclass(frozen=True)
class Scan:
    """What the scanner gets to see of one address, which it asks for over TLS."""

    url: str
    # In small letters; of several headers of one name, all values.
    headers: dict[str, list[str]]
    body: str = ""
    # Where the same question without TLS leads.
    plain_location: str | None = None
    # What is answered to a page of another site that asks.
    headers_for_another_origin: dict[str, list[str]] | None = None

    def header(self, name: str) -> str:
        """Return the first header of that name."""
        return next(iter(self.headers.get(name, [])), "").strip()


def score(scan: Scan) -> int:
    modifiers = [MODIFIERS[result] for result in results(scan).values()]
    without_bonus = BASELINE + sum(modifier for modifier in modifiers if modifier < 0)
    return BASELINE + sum(modifiers) if without_bonus >= MINIMUM_FOR_BONUS else without_bonus


def results(scan: Scan) -> dict[str, str]:
    """Return the result of each test by the name of the test."""
    return {test.__name__: test(scan) for test in TESTS}


def content_security_policy(scan: Scan) -> str:
    policies = scan.headers.get("content-security-policy", [])
    if not policies:
        return "csp-not-implemented"
    if (policy := directives(policies)) is None:
        return "csp-header-invalid"
    fallback = policy.get("default-src", {"*"})
    script, style, embedded = (
        policy.get(name, fallback) for name in ("script-src", "style-src", "object-src")
    )
    passive = set().union(*(policy.get(name, fallback) for name in PASSIVE))
    active = script.union(*(policy[name] for name in policy if name not in PASSIVE))
    for is_so, result in (
        (script & (BROAD | INLINE) or embedded & BROAD, "unsafe-inline"),
        (is_insecure(active), "insecure-scheme"),
        ("'unsafe-eval'" in script | style, "unsafe-eval"),
        (is_insecure(passive), "insecure-scheme-in-passive-content-only"),
        (style & (BROAD | INLINE), "unsafe-inline-in-style-src-only"),
        (fallback == {"'none'"}, "no-unsafe-default-src-none"),
    ):
        if is_so:
            return f"csp-implemented-with-{result}"
    return "csp-implemented-with-no-unsafe"


def directives(policies: list[str]) -> dict[str, set[str]] | None:
    """Return the sources of each directive; nothing where there are two policies or two of one."""
    parts = [part.lower().split() for policy in policies for part in policy.split(";")]
    policy = {name: set(sources) for name, *sources in filter(None, parts)}
    is_plain = len(policies) == 1 and "," not in policies[0] and len(policy) == len(parts)
    return policy if is_plain else None


def is_insecure(sources: set[str]) -> bool:
    return any(source.startswith(("http:", "ftp:")) for source in sources)


def cookies(scan: Scan) -> str:
    jar = SimpleCookie()
    for line in scan.headers.get("set-cookie", []):
        jar.load(line)
    if not jar:
        return "cookies-not-found"
    has_hsts = strict_transport_security(scan).endswith("at-least-six-months")
    found = {fault for cookie in jar.values() for fault in faults(cookie, has_hsts=has_hsts)}
    if found:
        return max(found, key=WORSE_COOKIES.index)
    restriction = "-and-samesite" if all(cookie["samesite"] for cookie in jar.values()) else ""
    return f"cookies-secure-with-httponly-sessions{restriction}"


def faults(cookie: "Morsel[str]", *, has_hsts: bool) -> set[str]:
    name, samesite = cookie.key.lower(), cookie["samesite"].lower()
    is_session = "login" in name or "sess" in name
    by_hsts = "-but-protected-by-hsts" if has_hsts else ""
    tests = {
        f"cookies-without-secure-flag{by_hsts}": not cookie["secure"],
        f"cookies-session-without-secure-flag{by_hsts}": is_session and not cookie["secure"],
        "cookies-session-without-httponly-flag": is_session and not cookie["httponly"],
        "cookies-anticsrf-without-samesite-flag": "csrf" in name and not samesite,
        "cookies-samesite-flag-invalid": samesite not in {"", "lax", "strict", "none"}
        or (samesite == "none" and not cookie["secure"]),
    }
    return {fault for fault, is_so in tests.items() if is_so}


def cross_origin_embedder_policy(scan: Scan) -> str:
    return one_of(scan, "cross-origin-embedder-policy", "coep", EMBEDDER_POLICIES)


def cross_origin_opener_policy(scan: Scan) -> str:
    return one_of(scan, "cross-origin-opener-policy", "coop", OPENER_POLICIES)


def cross_origin_resource_policy(scan: Scan) -> str:
    return one_of(scan, "cross-origin-resource-policy", "corp", RESOURCE_POLICIES)


def one_of(scan: Scan, name: str, short: str, policies: set[str]) -> str:
    values = scan.headers.get(name, [])
    if not values:
        return f"{short}-not-implemented"
    is_valid = len(values) == 1 and values[0].strip() in policies
    return (
        f"{short}-implemented-with-{values[0].strip()}" if is_valid else f"{short}-header-invalid"
    )


def cross_origin_resource_sharing(scan: Scan) -> str:
    headers = scan.headers_for_another_origin or {}
    allowed = next(iter(headers.get("access-control-allow-origin", [])), "")
    if not allowed:
        return "cors-not-implemented"
    if allowed == "*":
        return "cors-implemented-with-public-access"
    with_credentials = headers.get("access-control-allow-credentials") == ["true"]
    access = "universal" if with_credentials else "restricted"
    return f"cors-implemented-with-{access}-access"


def redirection(scan: Scan) -> str:
    if not scan.plain_location:
        return "redirection-missing"
    here, there = urlsplit(scan.url), urlsplit(scan.plain_location)
    if there.scheme != "https":
        return "redirection-not-to-https-on-initial-redirection"
    is_here = here.hostname == there.hostname
    return "redirection-to-https" if is_here else "redirection-off-host-from-http"


def referrer_policy(scan: Scan) -> str:
    said = ",".join(scan.headers.get("referrer-policy", []))
    if not said:
        return "referrer-policy-not-implemented"
    words = [word.strip().lower() for word in said.split(",")]
    known = [word for word in words if word in PRIVATE_REFERRER | UNSAFE_REFERRER]
    if not known:
        return "referrer-policy-header-invalid"
    return f"referrer-policy-{'private' if known[-1] in PRIVATE_REFERRER else 'unsafe'}"


def strict_transport_security(scan: Scan) -> str:
    if not (said := scan.header("strict-transport-security")):
        return "hsts-not-implemented"
    ages = [part.partition("=")[2] for part in said.lower().split(";") if "max-age=" in part]
    if "," in said or not ages or not ages[-1].isdecimal():
        return "hsts-header-invalid"
    length = "at-least" if int(ages[-1]) >= SIX_MONTHS else "less-than"
    return f"hsts-implemented-max-age-{length}-six-months"


def subresource_integrity(scan: Scan) -> str:
    kind = scan.header("content-type").partition(";")[0]
    if kind and kind not in {"text/html", "application/xhtml+xml"}:
        return "sri-not-implemented-response-not-html"
    scripts = Document(scan.body).all("script")
    if not scripts:
        return "sri-not-implemented-but-no-scripts-loaded"
    loaded = [script.attributes for script in scripts if "src" in script.attributes]
    if not all(script["src"][:1] == "/" != script["src"][1:2] for script in loaded):
        return "sri-not-implemented-and-external-scripts-not-loaded-securely"
    if any(script.get("integrity") for script in loaded):
        return "sri-implemented-and-all-scripts-loaded-securely"
    return "sri-not-implemented-but-all-scripts-loaded-from-secure-origin"


def x_content_type_options(scan: Scan) -> str:
    said = scan.header("x-content-type-options").lower()
    result = "nosniff" if said == "nosniff" else "header-invalid" if said else "not-implemented"
    return f"x-content-type-options-{result}"


def x_frame_options(scan: Scan) -> str:
    if "frame-ancestors" in (directives(scan.headers.get("content-security-policy", [])) or {}):
        return "x-frame-options-implemented-via-csp"
    if not (said := scan.header("x-frame-options").lower()):
        return "x-frame-options-not-implemented"
    if said in {"deny", "sameorigin"}:
        return "x-frame-options-sameorigin-or-deny"
    is_known = said.startswith("allow-from")
    return f"x-frame-options-{'allow-from-origin' if is_known else 'header-invalid'}"


TESTS: list[Callable[[Scan], str]] = [
    content_security_policy,
    cookies,
    cross_origin_embedder_policy,
    cross_origin_opener_policy,
    cross_origin_resource_sharing,
    redirection,
    referrer_policy,
    strict_transport_security,
    subresource_integrity,
    x_content_type_options,
    x_frame_options,
    cross_origin_resource_policy,
]
