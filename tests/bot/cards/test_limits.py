import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.cards.escaping import escape, unescape, visible
from bot.cards.limits import MARK, clip, fit, fit_end, fit_line, length

ANYTHING = st.text(st.characters() | st.sampled_from("\\*_`|~<>@#[]()-+.1 \n\u202e\u200b\u0301\ud800:/"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**bold** _slanted_ ~~struck~~", r"\*\*bold\*\* \_slanted\_ \~\~struck\~\~"),
        ("||spoiler|| `code`", r"\|\|spoiler\|\| \`code\`"),
        ("[press](https://evil.example)", r"\[press\](https\://evil.example)"),
        ("@everyone <@1> <@&2> <#3>", r"\@everyone \<\@1\> \<\@&2\> \<#3\>"),
        ("<t:1700000000:R>", r"\<t\:1700000000:R\>"),
        ("# heading\n-# small\n- list\n+ list", "\\# heading\n\\-# small\n\\- list\n\\+ list"),
        ("1. one\n12) twelve", "1\\. one\n12\\) twelve"),
        (">>> quote", r"\>\>\> quote"),
        (":smile: at 12:30", r"\:smile: at 12:30"),
        ("plain words, 3.5 per cent - no more", "plain words, 3.5 per cent - no more"),
    ],
)
def test_markdown_is_shown_as_it_is_written(text, shown):
    assert escape(text) == shown
    assert unescape(shown) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ab\u200bcd\u00ad\ufeff\u200fef", "abcdef"),
        ("left \u202eright\u202c", "left […]right[…]"),
        ("a\x00\x07b", "a[…]b"),
        ("Z" + "\u0301" * 30 + "algo", "Z" + "\u0301" * 4 + "[…]algo"),
        ("caf\u0065\u0301", "caf\u0065\u0301"),
        ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("every\u200done", "everyone"),
        ("a \t b\r\n\r\n c\u2028d", "a b\nc\nd"),
        ("\ud800", "\ufffd"),
    ],
)
def test_what_hides_or_deceives_is_taken_out(text, shown):
    assert visible(text) == shown


@given(ANYTHING)
def test_escaping_changes_nothing_that_is_seen(text):
    assert unescape(escape(text)) == text


@given(ANYTHING)
@example("0 \xad")
def test_what_is_visible_stays_so(text):
    assert visible(visible(text)) == visible(text)


@given(ANYTHING, st.integers(20, 200))
def test_what_is_fitted_is_short_enough_and_encodable(text, limit):
    for fitted in (fit(text, limit), fit_line(text, limit), fit_end(text, limit)):
        assert length(fitted) <= limit
        fitted.encode("utf-8")


@given(ANYTHING, st.integers(20, 200))
def test_what_is_fitted_is_the_beginning_or_marked(text, limit):
    fitted, whole = fit(text, limit), escape(visible(text))
    assert fitted == whole or fitted.endswith(MARK)
    assert whole.startswith(fitted.removesuffix(MARK).rstrip())


@given(ANYTHING, st.integers(20, 200))
def test_the_end_is_fitted_just_so(text, limit):
    fitted, whole = fit_end(text, limit), escape(visible(text))
    assert fitted == whole or fitted.startswith(MARK)


def test_a_cut_falls_between_words():
    assert clip("one two three four five", 17, "[…]") == "one two three […]"
    assert clip("one two three", 13, "[…]") == "one two three"


def test_a_cut_never_tears_an_escape_or_a_character():
    assert clip(r"\*" * 30, 16, "[…]") == r"\*\*\*\*\*\* […]"
    assert clip("😀" * 30, 15, "[…]") == "😀😀😀😀😀 […]"


def test_a_cut_never_tears_another_cut():
    assert all(unescape(fit("x" * number + "\x00" + "y" * 40, 40)).endswith("[…]") for number in range(40))
    assert not any("[ […]" in unescape(fit("x" * number + "\x00" + "y" * 40, 40)) for number in range(40))


def test_hostile_lengths_take_no_time():
    for text in (" " * 400_000, "\n" * 400_000, "1" * 400_000, ":" * 400_000, "\u200b" * 400_000, "[" * 400_000):
        assert length(fit(text, 200)) <= 200
