"""A quotation as a picture to share: the article's words, who said them, when, and the source."""

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.cards.citation import day_of, marked
from bot.cards.escaping import CUT, visible
from bot.cards.limits import clip
from bot.locales import _, written
from bot.pictures.drawing import (
    ACCENT,
    BOLD,
    FAINT,
    INK,
    PAPER,
    PLAIN,
    SERIF,
    Picture,
    alt_text,
    can_draw,
    drawable,
    fonts,
)
from retrieval.domain import Certainty, Citation

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

_WIDTH, _MARGIN, _BAR = 1200, 80, 14  # pixels
_WORDS, _LINE = 700, 110  # units of the words, and of a line about them
_SIZES = ((120, 52), (320, 42), (_WORDS, 34))  # units up to which the words are written in so many pixels


def quotation_picture(citation: Citation) -> Picture | None:
    """Return the picture; None where the words have letters that can't be drawn as they are written."""
    words = clip(visible(citation.text), _WORDS, CUT)
    if not words or not can_draw(words.replace(CUT, "")):
        return None
    quoted = marked(words, citation.kind)
    about = [drawable(line, _LINE) for line in _about(citation) if line]
    alt = alt_text(" · ".join([quoted, *about]))
    return Picture(_drawn(quoted, about), alt, "quotation.png")


def _about(citation: Citation) -> Sequence[str]:
    """Return the lines below the words: the speaker, the day on which they were said, and the source."""
    speaker, article = citation.speaker, citation.article
    who = ""
    if speaker and speaker.certainty is not Certainty.UNCLEAR:
        who = ", ".join(part for part in (speaker.name, speaker.role) if part)
        who = _("probably {who}", who=who) if speaker.certainty is Certainty.PROBABLE and who else who
    said = _("said on {day}", day=written(citation.said_on)) if citation.said_on else ""
    day = day_of(article.published)
    source = " · ".join(part for part in (article.publisher, written(day) if day else "") if part)
    return (who or _("speaker unclear"), said, article.title or _("Untitled article"), source)


def _drawn(words: str, about: Sequence[str]) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    size = next(pixels for most, pixels in _SIZES if len(words) <= most or most == _WORDS)
    serif = ImageFont.truetype(str(fonts() / SERIF), size)
    bold = ImageFont.truetype(str(fonts() / BOLD), 30)
    plain = ImageFont.truetype(str(fonts() / PLAIN), 24)
    room = _WIDTH - 2 * _MARGIN
    lines = [(line, serif, INK, size * 1.35) for line in _wrapped(words, serif, room)]
    lines.append(("", plain, FAINT, 36.0))
    for place, text in enumerate(about):
        font, colour = (bold, INK) if place == 0 else (plain, FAINT)
        lines += [(line, font, colour, 42.0 if place == 0 else 36.0) for line in _wrapped(text, font, room)]
    height = round(2 * _MARGIN + sum(step for _line, _font, _colour, step in lines))
    image = Image.new("RGB", (_WIDTH, height), PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _BAR, height), fill=ACCENT)
    top = float(_MARGIN)
    for line, font, colour, step in lines:
        draw.text((_MARGIN, top), line, fill=colour, font=font)
        top += step
    written_to = io.BytesIO()
    image.save(written_to, "PNG", optimize=True)
    return written_to.getvalue()


def _wrapped(text: str, font: "FreeTypeFont", room: int) -> list[str]:
    """Return the text in lines that fit; a word that is wider than a line is cut within."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}".strip()
            if font.getlength(longer) <= room:
                line = longer
                continue
            lines += [line] if line else []
            line = word
            while font.getlength(line) > room:
                fits = next(at for at in range(len(line) - 1, 0, -1) if font.getlength(line[:at]) <= room)
                lines.append(line[:fits])
                line = line[fits:]
        lines.append(line)
    return lines
