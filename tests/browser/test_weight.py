"""What a first visit costs over the wire, headers included, with no proxy that compresses."""

import pytest

VIEW_MAX = 60_000
SCRIPT_MAX = 15_000
PAGE_MAX = 15_000
KINDS = ["/", "/projects/", "/projects/virter/", "/products/linstor/", "/people/roland-kammerer/"]
KINDS += ["/changelog/"]


@pytest.fixture
def weigh(open_page):
    """A function that tells the bytes sent of each kind of file on a first visit."""

    def weigh(path):
        page = open_page(path)
        session = page.context.new_cdp_session(page)
        kinds, weights = {}, {}

        def note(event):
            kind = kinds[event["requestId"]]
            weights[kind] = weights.get(kind, 0) + event["encodedDataLength"]

        session.on("Network.responseReceived", lambda event: kinds.update(kind_of(event)))
        session.on("Network.loadingFinished", note)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        page.reload(wait_until="networkidle")
        return weights

    return weigh


def kind_of(event):
    return {event["requestId"]: event["type"]}


@pytest.mark.parametrize("path", KINDS)
def test_first_visit_costs_little(weigh, path):
    weights = weigh(path)
    assert set(weights) >= {"Document", "Stylesheet", "Script"}
    assert sum(weights.values()) <= VIEW_MAX, weights
    assert weights["Script"] <= SCRIPT_MAX
    assert weights["Document"] <= PAGE_MAX
