"""Recognise boilerplate on a page, by its element or by its words."""

import re

from lxml import html

from retrieval.readers.pages.markup_of_words import EMBED
from retrieval.readers.pages.tree import class_words

_INVISIBLE = frozenset(
    "head script style noscript template svg math iframe object embed video audio canvas map button select textarea"
    " input".split()
)
_INLINE = frozenset(
    "a b strong i em span u s small sub sup mark abbr cite q time font ins del bdi bdo code kbd var tt".split()
)
_TAGS = frozenset("form label nav aside footer figure figcaption picture dialog menu table".split())
_ROLES = frozenset("navigation complementary banner contentinfo search dialog alert toolbar tablist".split())
_FOR_SCREEN_READERS = re.compile(r"\A[\s,(]*(?:opens|external link)[^.]{0,40}[\s).]*", re.IGNORECASE)
_HIDDEN = re.compile(r" (?:sr only|visually ?hidden|screen ?reader(?: text)?|hidden|print ?only) ")
_NAMES = re.compile(
    r"(?<= )(?:share|sharing|sharebar|social|socials|newsletters?|sign ?up|subscribe|subscription|promo|promos"
    r"|promotion|promoted|related|recirc|recirculation|read ?more|also ?read|more ?on|more ?from"
    r"|most ?(?:read|popular|viewed|shared)|trending|recommend(?:ed|ations?)?|adverts?|advertisement|advertising|ad|ads"
    r"|sponsor(?:ed)?|banner|cookies?|consent|comments?|disqus|captions?|credits?|by ?lines?|author|authors|bio|tags?"
    r"|tag ?list|topics|breadcrumbs?|embed|embedded|tweet|twitter|instagram|facebook|tiktok|youtube|video|player"
    r"|gallery|galleries|carousel|toolbar|menu|nav|navigation|sidebar|footer|donate|donation|donations|support ?us"
    r"|timestamps?|published|pub ?date|reading ?time|read ?time|min ?read|audio|listen|podcast|modal|popup|pop ?up"
    r"|overlay|tooltip|app ?store|apps|poll|quiz|survey|disclaimer|copyright|pull ?(?:quotes?|right|left)|fact ?box"
    r"|info ?box|inset|key ?points|onward|upsell)(?= )"
)
_LEADS = re.compile(
    r"\A(?:(?:read|see|watch|listen|more|related|also)(?: (?:read|more|also|next|now|here|on this|the full story))*"
    r"(?: (?:on|about|from) [^:]{1,40})?\s*[:|►>»]"
    r"|(?:read more|read next|read also|also read|see also|recommended|advertisement|sponsored|photo|image|video|credit"
    r"|source|picture|article content|continue reading|story continues(?: below)?)s?\W*$"
    r"|(?:photo|image|picture|credit|file photo|pic)s?(?: (?:by|credit|courtesy)[^:]{0,20})?\s*:"
    r"|(?:click|tap) here\b|sign up (?:for|to|here)\b|subscribe (?:to|now|here)\b|join (?:our|the conversation)\b"
    r"|follow (?:us|our|along|.{2,40} on google news)\b|download (?:our|the) .{0,30}\bapp\b"
    r"|get (?:in touch|the latest (?:news|updates|headlines)|.{0,30} (?:newsletter|in your inbox))\b"
    r"|(?:do you have|have you got|got) a (?:story|tip|news)\b|for more (?:stories|news) |our standards:"
    r"|copyright (?:©|\(c\)|\d{4})|©|all rights reserved|this is a (?:breaking|developing) "
    r"|[–—-]? ?(?:additional )?reporting (?:by|from)\b"
    r"|with (?:additional )?(?:reports?|reporting|files) (?:from|by)\b)",
    re.IGNORECASE,
)
_CALLS = re.compile(
    r"(?:sign(?:ing)? up|subscrib(?:e|ing)) (?:for|to) our\b[^.]{0,80}(?:newsletter|email|alert|bulletin|podcast)"
    r"|\bget in touch (?:at|via|by|with us)\b|\b(?:log|sign) in or (?:create|register)\b|full access to this article"
    r"|\bspecial offers, promotions\b|\b\d{1,4} comments?$"
    r"|our (?:free |daily |weekly )*newsletters?\b|preferred source|contributed to this (?:report|story|article)"
    r"|reported from [A-Z][^.]{1,100}\. .{0,200}writers?\b",
    re.IGNORECASE,
)
_CALL_LENGTH = 300


def is_invisible(element: html.HtmlElement) -> bool:
    """Return whether the element shows no text of the article: scripts, media, controls, embedded posts."""
    if element.tag in _INVISIBLE or (element.tag == "blockquote" and EMBED.search(class_words(element))):
        return True
    return element.tag in _INLINE and len(element) == 0 and bool(_FOR_SCREEN_READERS.fullmatch(element.text or ""))


def boilerplate_signs(element: html.HtmlElement) -> set[str]:
    """Return what marks an element as boilerplate: its tag, its role or words of its class; empty if nothing does."""
    words = class_words(element)
    if (
        _HIDDEN.search(words)
        or "hidden" in element.attrib
        or "display:none" in element.get("style", "").replace(" ", "")
    ):
        return {"hidden"}
    if element.tag in _INLINE:
        return set()
    signs = set(_NAMES.findall(words))
    quotes = element.tag == "figure" and element.find(".//blockquote") is not None
    if quotes:
        signs = {sign for sign in signs if not sign.startswith("pull")}
    elif element.tag in _TAGS:
        signs.add(f"<{element.tag}>")
    if element.get("role") in _ROLES or element.get("aria-hidden") == "true":
        signs.add("role")
    return signs


def is_boilerplate_text(text: str) -> bool:
    """Return whether a line of text is a teaser, a credit or a call to action."""
    return len(text) < _CALL_LENGTH and bool(_LEADS.match(text) or _CALLS.search(text))
