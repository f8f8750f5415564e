"""The form for those who write, by keyboard and on a narrow screen."""


def test_who_slipped_is_led_to_what_is_wrong_and_loses_nothing(open_page, assert_valid_html, axe):
    page = open_page("/contact/?project=virter", width=320)
    page.locator("#id_message").fill("Does it run on ARM?")
    page.locator("#id_message").press("Tab")
    page.keyboard.type("Zoë")
    # Past the e-mail address, the way to the privacy page and the consent; what programs
    # fill in is passed by.
    for _ in range(4):
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "send"
    page.keyboard.press("Enter")
    page.wait_for_selector("#problems")
    assert page.evaluate("document.activeElement.getAttribute('aria-labelledby')") == "problems"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent").startswith("Without your consent")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "id_consent"
    assert page.locator("#id_message").input_value() == "Does it run on ARM?"
    assert page.locator("#id_name").input_value() == "Zoë"
    assert_valid_html(page.content())
    assert axe(page) == []
