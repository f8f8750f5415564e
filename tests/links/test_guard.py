"""What the server may be made to ask, and what never."""

import pytest

from showcase.links.guard import RefusedError, Target, is_public
from showcase.links.network import Network

PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.215.14",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "192.167.255.255",
    "192.169.0.0",
    "223.255.255.255",
    "2001:4860:4860::8888",
    "2606:4700:4700::1111",
    "2a00:1450:4001:830::200e",
    "3ffe:ffff::1",
]
NOT_PUBLIC = [
    # This network, this machine
    "0.0.0.0",  # noqa: S104 (nothing is bound to it)
    "0.1.2.3",
    "127.0.0.1",
    "127.255.255.254",
    "::",
    "::1",
    # Private
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.255.255",
    "fc00::1",
    "fd12:3456:789a::1",
    "fec0::1",
    # Behind a provider's translation
    "100.64.0.1",
    "100.127.255.255",
    # Of the link, with the metadata of clouds
    "169.254.0.1",
    "169.254.169.254",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    # To many
    "224.0.0.1",
    "239.255.255.255",
    "255.255.255.255",
    "ff02::1",
    "ff0e::1",
    # Reserved, documentation, benchmarks, discarded
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "240.0.0.1",
    "2001:db8::1",
    "2001:2::1",
    "3fff::1",
    "100::1",
    "5f00::1",
    "4000::1",
    # An address of version 4 in one of version 6
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "::ffff:0:127.0.0.1",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::a00:1",
    "2002:7f00:1::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    # Public, but only by way of an interface of this machine
    "2606:4700:4700::1111%1",
    # No numeric address at all
    "",
    "example.org",
    "127.1",
    "2130706433",
    "0177.0.0.1",
    "0x7f.0.0.1",
]


@pytest.mark.parametrize("address", PUBLIC)
def test_the_internet_is_public(address):
    assert is_public(address)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_everything_else_is_not(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        # Numbers in every notation that some resolver knows
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://0x7f.0.0.1/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://127.0.0.0x1/",
        "http://127.0.0.1./",
        "http://127。0。0。1/",
        "http://\uff11\uff12\uff17.0.0.1/",
        "http://①②⑦.0.0.①/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::]:80/",
        "http://169.254.169.254/latest/meta-data/",
        # Names without a dot
        "http://localhost/",
        "http://localhost./",
        "http://intranet/",
        # A user name, which may pass for a host
        "http://user@example.org/",
        "http://user:password@example.org/",
        "http://example.org@127.0.0.1/",
        "http://127.0.0.1\\@example.org/",
        # No web
        "ftp://example.org/",
        "file:///etc/passwd",
        "gopher://example.org:70/_",
        "javascript:alert(1)",
        "mailto:a@example.org",
        "/projects/",
        "",
        # Nothing that a host can be called
        "http:///",
        "http://.example.org/",
        "http://example..org/",
        "http://exa mple&.org/",
        "http://example.org:99999/",
        "http://example.org:port/",
        f"http://{'a' * 64}.org/",
        f"http://{'ä' * 60}.org/",
        f"https://example.org/{'a' * 2_000}",
        f"https://example.org/{'ä' * 400}",
    ],
)
def test_no_target_is_made_of_what_no_public_site_has_for_an_address(url):
    with pytest.raises(RefusedError):
        Target.read(url)


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTPS://Example.ORG./A", "https://example.org/A"),
        ("http://example.org:80/", "http://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("https://example.org/a#b", "https://example.org/a"),
        ("https://example.org?a=b&c", "https://example.org/?a=b&c"),
        ("https://bücher.example/ä?ö=ü", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC"),
        ("https://example.org/%C3%A4%2F", "https://example.org/%C3%A4%2F"),
        ("https:\\\\example.org\\a", "https://example.org/a"),
        ("http://example.org\\@127.0.0.1/", "http://example.org/@127.0.0.1/"),
        ("//example.org/a", "https://example.org/a"),
        ("https://example.org/a\r\nX-Header: b", "https://example.org/aX-Header:b"),
    ],
)
def test_an_address_is_sent_as_a_browser_sends_it(url, sent):
    assert str(Target.read(url)) == sent


@pytest.mark.parametrize("found", [[address] for address in NOT_PUBLIC] + [["8.8.8.8", "10.0.0.1"]])
def test_a_host_is_refused_if_any_of_its_addresses_is_not_public(found):
    network = Network(resolve=lambda host, port: found)
    with pytest.raises(RefusedError, match=r"rebound\.example is not, or not only, at a public"):
        network.ask("HEAD", Target.read("https://rebound.example/"))


@pytest.mark.parametrize("port", [22, 25, 6379, 8000, 65535])
def test_only_the_ports_of_the_web_are_asked(port):
    with pytest.raises(RefusedError, match=f"names port {port}; only 80 and 443 are asked"):
        Network().ask("HEAD", Target.read(f"http://example.org:{port}/"))
