"""Languages in templates: of the page, of the catalogue's texts, and of the same page elsewhere."""

from django import template
from django.conf import settings
from django.utils.translation import get_language

from people.languages import CONTENT, LANGUAGES, as_content, in_language, is_content_language

register = template.Library()

MARK = f' lang="{CONTENT.tag}"'


class ContentLanguageNode(template.Node):
    def render(self, context):
        return "" if is_content_language() else MARK


@register.tag
def content_lang(parser, token):
    """Mark an element that has a text of the catalogue, on pages in another language than that."""
    return ContentLanguageNode()


@register.filter
def content(text, is_content=True):
    """Mark a text of the catalogue that shares its element with words of the page."""
    return as_content(text) if is_content else text


@register.filter
def within_sentence(heading):
    """Write a heading as within a sentence: small, but for the nouns of other languages."""
    return heading.lower() if is_content_language() else heading


@register.simple_tag
def content_is_foreign():
    """Tell whether the texts of the catalogue are in another language than the page."""
    return not is_content_language()


@register.simple_tag
def page_language():
    """Return the language of the page."""
    return LANGUAGES[get_language() or settings.LANGUAGE_CODE]


@register.simple_tag(takes_context=True)
def in_languages(context):
    """Return the address of the page in every language, the present one among them."""
    path = context["canonical_url"].removeprefix(settings.BASE_URL)
    active = get_language() or settings.LANGUAGE_CODE
    return [
        {
            "language": LANGUAGES[code],
            "name": name,
            "path": in_language(path, code),
            "is_here": code == active,
            "is_default": code == settings.LANGUAGE_CODE,
        }
        for code, name in settings.LANGUAGES
    ]
