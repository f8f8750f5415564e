"""What visitors meet who want to write."""

import pytest

from showcase.models import Enquiry
from tests.catalogue import FILES, PAGES, make_catalogue
from tests.factories import A_MOMENT, make_draft, make_page, make_project
from tests.pages.document import Document
from tests.pages.test_untranslated import asked, forgotten  # noqa: F401 (a fixture)

from .conftest import CONTACT, THANKS, WORDS, began, is_ticked, summary, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_form(client):
    return lambda address=CONTACT: Document(client.get(address).text)


def test_what_somebody_writes_is_kept_and_thanked_for(send, client):
    project = make_project()
    response = send(project="virter")
    assert (response.status_code, response["Location"]) == (302, THANKS)
    assert "Thank you" in client.get(THANKS).text
    enquiry = Enquiry.objects.get()
    assert (enquiry.kind, enquiry.project, enquiry.state) == ("question", project, "new")
    assert enquiry.message == "Does it run\non ARM?"
    assert (enquiry.name, enquiry.email) == ("Zoë Quokka", "zoe@example.org")
    assert enquiry.consented_at


def test_nobody_has_to_say_who_they_are(send):
    assert send(name="", email="").status_code == 302
    assert Enquiry.objects.get().email == ""


def test_line_ends_count_and_are_kept_as_one_character(send):
    message = "\r\n".join("a" * 2_500)
    assert send(message=message[:7_499]).status_code == 302
    assert len(Enquiry.objects.get().message) == 5_000 - 1


def test_form_that_is_sent_twice_is_kept_once(send):
    moment = began(60)
    assert [send(moment=moment)["Location"] for _ in range(9)] == [THANKS] * 9
    assert Enquiry.objects.count() == 1


def test_other_words_in_the_same_form_are_another_enquiry(send):
    moment = began(60)
    send(moment=moment)
    send(moment=moment, message="And on RISC-V?")
    assert Enquiry.objects.count() == 2


def test_every_page_leads_to_the_form(client):
    footer = Document(client.get("/").text).one("footer")
    assert footer.links()["Contact"] == CONTACT


def test_entry_leads_to_a_form_about_it(client, open_form):
    entry = Document(client.get(make_project().get_absolute_url()).text)
    link = entry.section("How to help").links()["Write to us about this entry"]
    about = typed(open_form(link))
    assert (about["project"], about["kind"]) == ("virter", ["question"])


@pytest.mark.parametrize("words", ["virter", "Virter", "http://localhost:8000/projects/virter/"])
def test_entry_is_known_by_its_name_and_by_its_address(words, send):
    project = make_project()
    send(project=words)
    assert Enquiry.objects.get().project == project


def test_draft_is_as_unknown_as_any_other_word(refused, open_form):
    make_draft("Secret")
    for word in ("secret", "nothing"):
        assert typed(open_form(f"{CONTACT}?project={word}"))["project"] == ""
        page = refused(project=word)
        assert summary(page) == {
            "There is no such entry. Look for its name in the list.": "#id_project"
        }
    assert not Enquiry.objects.exists()


def test_correction_names_its_entry(refused):
    page = refused(kind="correction")
    assert summary(page) == {"Write which entry is to be corrected.": "#id_project"}


def test_consent_is_never_given_beforehand(open_form):
    make_project()
    for address in (CONTACT, f"{CONTACT}?project=virter", f"{CONTACT}?consent=on"):
        assert typed(open_form(address))["consent"] is False


def test_without_consent_nothing_is_kept_and_nothing_typed_is_lost(refused):
    page = refused(consent=None)
    assert "Without your consent this cannot be kept, nor be sent." in summary(page)
    assert not Enquiry.objects.exists()
    about = typed(page)
    assert about["kind"] == [WORDS["kind"]]
    for name in ("name", "email"):
        assert about[name] == WORDS[name]
    assert about["message"] == "Does it run on ARM?"
    assert about["consent"] is False


def test_each_problem_is_told_at_the_head_and_beside_its_box(refused):
    page = refused(kind=None, message="", email="nobody", name="a\tb", consent=None)
    links = summary(page)
    assert len(links) == 5
    ids = {element["id"] for element in page.having("id")}
    for sentence, href in links.items():
        assert href[1:] in ids
        assert sentence in [item.text for item in page.one("form", class_="form").all("li")]
    message = page.one("textarea")
    assert message["aria-invalid"] == "true"
    assert message["aria-describedby"] == "id_message_error"
    assert page.title.startswith("Not sent yet")
    assert "autofocus" in page.one("section", class_="notice").attributes


def test_form_tells_what_is_kept_and_for_how_long(open_form, settings):
    settings.ENQUIRY_DAYS = 30
    make_page("Privacy")
    page = open_form()
    assert "for 30 days" in page.section("What is kept").text
    assert "kept for 30 days" in page.one("label", for_="id_consent").text
    assert page.main.links()["Privacy"] == "/about/privacy/"
    assert "by e-mail." not in page.main.text
    settings.ENQUIRIES_TO = ["team@example.org"]
    assert "A copy goes to them by e-mail." in open_form().main.text


def test_browser_fills_in_what_it_knows_of_the_visitor(open_form):
    page = open_form()
    boxes = {box["name"]: box.attributes.get("autocomplete") for box in page.main.all("input")}
    assert (boxes["name"], boxes["email"], boxes["website"]) == ("name", "email", "off")


def test_form_sets_no_cookie_and_is_kept_by_nobody(send, client):
    for response in (client.get(CONTACT), send(), send(message="")):
        assert not response.cookies
        assert response["Cache-Control"] == "no-store"


def test_german_form_answers_in_german(send, asked, client):  # noqa: F811 (the fixture)
    make_project()
    for changes in (
        {"kind": "correction"},
        {"kind": None, "message": "", "email": "x", "name": "a\tb", "consent": None},
        {"message": "1" * 5_001, "project": "nothing", "website": "x", "moment": ""},
        {"moment": began(0), "name": "\x01", "message": "\u202e"},
    ):
        response = send("/de/contact/", **changes)
        assert response.status_code == 200
        assert forgotten(response.text, "Zoë Quokka Does it run on ARM nothing") == []
    assert send("/de/contact/")["Location"] == "/de/contact/thanks/"


def test_no_public_page_tells_of_an_enquiry(client):
    catalogue = make_catalogue()
    Enquiry.objects.create(
        project=catalogue.project,
        message="A wombat",
        name="Quokka",
        email="quokka@example.org",
        consented_at=A_MOMENT,
    )
    for address in (PAGES | FILES).values():
        text = client.get(address).text.lower()
        assert "wombat" not in text
        assert "quokka@" not in text


def test_form_is_in_the_sitemap_and_the_thanks_are_not(client):
    text = client.get("/sitemap-lists.xml").text
    assert f"{CONTACT}</loc>" in text
    assert THANKS not in text


def test_radio_buttons_have_nothing_chosen(open_form):
    assert not [box for box in open_form().main.all("input", type="radio") if is_ticked(box)]
