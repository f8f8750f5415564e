"""A card as a picture: the size and shape that pages elsewhere show with a link."""

from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from PIL import Image, ImageDraw

from .colours import LIGHT
from .lettering import cut, font, wrapped, writable

WIDTH, HEIGHT = SIZE = 1200, 630
MARGIN = 80
MEASURE = WIDTH - 2 * MARGIN
GAP = 18
FOOT = HEIGHT - 148
ICON = Path(settings.BASE_DIR) / "static" / "img" / "icon-512.png"
ICON_SIZE = 60
# The strip of the site's colour along the lower edge.
BAND = 16
# The largest size in which a name needs no more lines than this.
NAME_SIZES = [(112, 1), (88, 2), (64, 3), (54, 4)]
LABEL_SIZE, TEXT_SIZE, SITE_SIZE = 36, 42, 36
LINE_HEIGHT = 1.2
# Edges stay smooth with far fewer colours than a picture may have, in a third of the bytes; with
# fewer still, the paper turns white.
COLOURS = 64


class Card(NamedTuple):
    """What stands on a picture: over the name, the name, below it, and who shows it."""

    label: str
    name: str
    text: str
    site: str


class Block(NamedTuple):
    """Lines of one size."""

    lines: list[str]
    weight: str
    size: int
    colour: str

    @property
    def height(self) -> int:
        return _step(self.size) * len(self.lines)


def drawn(card: Card) -> bytes:
    """Return the card as a PNG."""
    card = Card._make(map(writable, card))
    image = Image.new("RGB", SIZE, LIGHT["paper"])
    draw = ImageDraw.Draw(image)
    _initial(draw, card.name)
    _words(draw, card)
    _foot(image, draw, card.site)
    file = BytesIO()
    image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG")
    return file.getvalue()


def _initial(draw: ImageDraw.ImageDraw, name: str) -> None:
    """Draw the first letter so large that it is seen as a shape behind the words."""
    letter = font("Semibold", 620)
    position = (WIDTH + 10, HEIGHT - BAND)
    draw.text(position, name[:1].upper()[:1], font=letter, fill=LIGHT["sunken"], anchor="rs")


def _words(draw: ImageDraw.ImageDraw, card: Card) -> None:
    """Draw the label, the name, and of the text as many lines as there is room for."""
    label = _lines(card.label, "Semibold", LABEL_SIZE, 1, "accent")
    name = _name(card.name)
    room = FOOT - MARGIN - label.height - name.height - 2 * GAP
    text = _lines(card.text, "Regular", TEXT_SIZE, min(room // _step(TEXT_SIZE), 3), "ink-soft")
    top = MARGIN
    for block in (label, name, text):
        for line in block.lines:
            letters = font(block.weight, block.size)
            draw.text((MARGIN, top), line, font=letters, fill=LIGHT[block.colour])
            top += _step(block.size)
        top += GAP


def _name(name: str) -> Block:
    """Set the name as large as it fits."""
    for size, most in NAME_SIZES:
        measure = font("Semibold", size).getlength
        # A size in which a word has to be broken is too large, if there is a smaller one.
        has_room = all(measure(word) <= MEASURE for word in name.replace("-", "- ").split())
        if has_room and len(wrapped(name, measure, MEASURE)) <= most:
            break
    return _lines(name, "Semibold", size, most, "ink")


def _step(size: int) -> int:
    """Return how far apart the lines of a size stand."""
    return round(size * LINE_HEIGHT)


def _lines(text: str, weight: str, size: int, most: int, colour: str) -> Block:
    measure = font(weight, size).getlength
    lines = cut(wrapped(text, measure, MEASURE), most, measure, MEASURE)
    return Block(lines, weight, size, colour)


def _foot(image: Image.Image, draw: ImageDraw.ImageDraw, site: str) -> None:
    """Draw who shows this: the icon and the name of the site, over a band of its colour."""
    middle = HEIGHT - 92
    with Image.open(ICON) as picture:
        icon = picture.convert("RGBA").resize((ICON_SIZE, ICON_SIZE), Image.Resampling.LANCZOS)
    image.paste(icon, (MARGIN, middle - ICON_SIZE // 2), icon)
    measure = font("Semibold", SITE_SIZE).getlength
    beside = MARGIN + ICON_SIZE + 22
    width = WIDTH - MARGIN - beside
    for line in cut(wrapped(site, measure, width), 1, measure, width):
        position = (beside, middle)
        draw.text(position, line, font=font("Semibold", SITE_SIZE), fill=LIGHT["ink"], anchor="lm")
    draw.rectangle((0, HEIGHT - BAND, WIDTH, HEIGHT), fill=LIGHT["accent"])
