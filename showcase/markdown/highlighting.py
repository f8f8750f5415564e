"""Colours for code: Pygments, with classes only, for languages that it reads quickly."""

import re
from io import StringIO

from django.utils.html import escape

from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

from people.fences import LEXERS

# What one text may have in colour: characters, as they have to be read, and tokens, as each becomes
# an element. The rest stays plain.
MAX_CHARACTERS = 3_000
MAX_TOKENS = 1_500
# Lexers try again from each character of a long stretch without, or with nothing but, spaces.
UNREADABLE = re.compile(r"\s{41}|\S{161}")
# Makes a style sheet when it is made, and holds nothing of what it formats.
FORMATTER = HtmlFormatter(nowrap=True)


class Highlighter:
    """Highlights the code of one text, as far as its allowance goes."""

    def __init__(self) -> None:
        self.characters_left = MAX_CHARACTERS
        self.tokens_left = MAX_TOKENS

    def to_html(self, code: str, language: str) -> str:
        code = code.strip("\n")
        lexer = LEXERS.get(language.lower())
        name = f' class="language-{escape(language.lower())}"' if lexer else ""
        body = self._coloured(code, lexer) if lexer else escape(code)
        return f'<pre class="highlight" tabindex="0"><code{name}>{body}</code></pre>'

    def _coloured(self, code: str, lexer: str) -> str:
        if len(code) > self.characters_left or UNREADABLE.search(code):
            return escape(code)
        self.characters_left -= len(code)
        tokens = list(get_lexer_by_name(lexer, stripnl=False).get_tokens(code))
        if len(tokens) > self.tokens_left:
            return escape(code)
        self.tokens_left -= len(tokens)
        out = StringIO()
        FORMATTER.format(tokens, out)
        return out.getvalue()
