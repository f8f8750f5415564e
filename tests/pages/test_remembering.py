"""What templates render once, and for which values."""

from django.template import Context, engines
from django.urls import set_script_prefix
from django.utils.translation import override

import pytest

from projects.kept import Place
from showcase.templatetags import keeping


class Counting:
    """Tells how often it was rendered."""

    def __init__(self):
        self.times = 0

    def __str__(self):
        self.times += 1
        return f"<{self.times}>"


@pytest.fixture
def render():
    def render(source, **contexts):
        template = engines["django"].from_string("{% load keeping %}" + source).template
        return lambda **values: template.render(Context(contexts | values))

    return render


def test_what_has_a_place_is_rendered_once_and_escaped_once(render):
    keep = render("{% keep place %}{{ what }}{% endkeep %}", what=Counting())
    one, other = Place(), Place()
    assert [keep(place=one), keep(place=one), keep(place=other)] == [
        "&lt;1&gt;",
        "&lt;1&gt;",
        "&lt;2&gt;",
    ]


def test_what_has_no_place_is_rendered_each_time(render):
    keep = render("{% keep place %}{{ what }}{% endkeep %}", what=Counting())
    assert [keep(place=None), keep(place=None)] == ["&lt;1&gt;", "&lt;2&gt;"]


def test_each_value_is_remembered_by_itself(render):
    remember = render("{% remember a b %}{{ a }}{{ b }}{{ c }}{% endremember %}")
    assert remember(a=1, b=2, c=3) == "123"
    assert remember(a=1, b=2, c=4) == "123"
    assert remember(a=2, b=1, c=4) == "214"


def test_each_language_and_place_of_the_site_is_remembered_by_itself(render):
    remember = render("{% remember %}{{ what }}{% endremember %}", what=Counting())
    assert remember() == "&lt;1&gt;"
    with override("de"):
        assert remember() == "&lt;2&gt;"
    set_script_prefix("/below/")
    try:
        assert remember() == "&lt;3&gt;"
    finally:
        set_script_prefix("/")
    assert remember() == "&lt;1&gt;"


def test_no_more_is_remembered_than_memory_is_meant_for(render, monkeypatch):
    monkeypatch.setattr(keeping, "REMEMBERED", 2)
    remember = render("{% remember a %}{{ a }}{{ what }}{% endremember %}", what=Counting())
    assert [remember(a=a) for a in "abca"][-1] == "a&lt;4&gt;"
