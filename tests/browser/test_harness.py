"""That the harness opens the site, and notices what it is there to notice."""

import pytest

from .conftest import watch

POLICY = "default-src 'none'; img-src *"
BAD_PAGE = """<!doctype html><html lang="en"><title>Bad</title><style>p { color: red }</style>
<h1>Bad</h1><img alt="" src="https://elsewhere.example/pixel.png">"""


@pytest.fixture
def complaints_about(browser, site):
    """A function that lists what the harness says against a page of the test's own."""
    context = browser.new_context()
    complaints = []
    watch(context, site, complaints)

    def complaints_about(html):
        page = context.new_page()
        page.route(
            f"{site}/of-the-test/",
            lambda route: route.fulfill(
                body=html,
                content_type="text/html",
                headers={"Content-Security-Policy": POLICY},
            ),
        )
        page.goto(f"{site}/of-the-test/")
        return "\n".join(complaints)

    yield complaints_about
    context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_home_page_opens_with_and_without_scripts(open_page, scripts):
    page = open_page("/", scripts=scripts)
    assert page.locator("h1").count() == 1


def test_page_that_is_not_there_is_opened_with_its_status(open_page):
    open_page("/this-page-is-not-there/", status=404)


def test_administrator_can_sign_in(open_page, administrator):
    page = open_page("/admin/")
    page.get_by_label("Username").fill(administrator.name)
    page.get_by_label("Password").fill(administrator.password)
    page.get_by_role("button", name="Log in").click()
    assert page.get_by_role("button", name="Log out").is_visible()


def test_breach_of_the_content_security_policy_is_noticed(complaints_about):
    assert "Content Security Policy" in complaints_about(BAD_PAGE)


def test_request_to_another_host_is_noticed(complaints_about):
    assert "asked for https://elsewhere.example/pixel.png" in complaints_about(BAD_PAGE)


def test_inaccessible_page_is_noticed(browser, axe):
    page = browser.new_page()
    page.set_content("<html lang=en><title>An image without words</title><main><img src=x></main>")
    assert [violation for violation in axe(page) if violation.startswith("image-alt")]
    page.context.close()


def test_invalid_html_is_noticed(assert_valid_html):
    assert_valid_html("<!doctype html><html lang=en><title>Good</title><h1>Good</h1></html>")
    with pytest.raises(AssertionError, match="alt"):
        assert_valid_html("<!doctype html><html lang=en><title>Bad</title><img src=x></html>")


def test_screenshot_is_kept(open_page, screenshot):
    assert screenshot(open_page("/"), "harness").stat().st_size > 0
