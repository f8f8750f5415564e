"""Each request has a name, by which log, proxy and visitor speak of the same one."""

import pytest

from showcase.operation import logs
from showcase.operation.observer import WELL_FORMED, Observer
from tests.serving.asking import Site


class ObservedSite(Site):
    """The site as a server has it: with its outermost layer."""

    def __init__(self):
        super().__init__()
        self.front = Observer(self.front)


@pytest.fixture
def site(db):
    return ObservedSite()


def name_of(answer):
    return answer.headers["x-request-id"]


@pytest.mark.parametrize("address", ["/", "/robots.txt", "/nothing/", "/admin/", "/healthz"])
def test_every_answer_carries_a_name_of_its_own(site, address):
    first, second = site.ask(address), site.ask(address)
    assert first.status == second.status
    assert WELL_FORMED.fullmatch(name_of(first))
    assert name_of(first) != name_of(second)


def test_no_name_is_kept_with_a_page(site):
    tag = site.ask("/robots.txt").headers["etag"]
    for headers in ({}, {"if_none_match": tag}):
        answer = site.ask("/robots.txt", x_request_id="asked-for-this", **headers)
        assert name_of(answer) == "asked-for-this"


@pytest.mark.parametrize("given", ["5f3c2a1b", "A.b-C_d~"[:7] + "0", "x" * 64])
def test_name_that_was_given_is_kept(site, given):
    assert name_of(site.ask("/healthz", x_request_id=given)) == given
    assert logs.request_id.get() == given


@pytest.mark.parametrize(
    "given", ["", "short", "x" * 65, "a b c d e f", "abcdefgh\n", "ä" * 9, "a,b,c,d,e"]
)
def test_name_that_could_be_anything_is_replaced(site, given):
    name = name_of(site.ask("/healthz", x_request_id=given))
    assert name != given
    assert WELL_FORMED.fullmatch(name)


def test_who_is_handed_an_error_can_say_which(site, monkeypatch, caplog):
    monkeypatch.setattr("showcase.views.text_file", lambda *args: 1 / 0)
    answer = site.ask("/robots.txt")
    assert answer.status == 500
    (record,) = caplog.records
    assert f" {name_of(answer)} " in logs.TextFormatter().format(record)
