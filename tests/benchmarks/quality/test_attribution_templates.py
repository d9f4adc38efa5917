"""The articles made of templates are what they claim to be."""

from collections import Counter

import pytest

from benchmarks.quality.attribution_templates.articles import make_articles
from benchmarks.quality.attribution_templates.judging import Outcome, judge, outcome_of
from benchmarks.quality.attribution_templates.lists import Split, table
from benchmarks.quality.attribution_templates.product import Found
from benchmarks.quality.attribution_templates.values import NameKind, Person, Spoken

PERSON = Person("Dr. Lena “Birdie” Castell", "Lena Castell", NameKind.NICKNAME, "english")
SPOKEN = Spoken("The ferry has not moved since Easter,", "Lena Castell")


@pytest.fixture(scope="module")
def articles():
    return list(make_articles(500, 1, Split.ALL))


def test_the_lists_hold_forty_languages_and_sixty_verbs_of_each_kind():
    assert len(table("names")) == 40
    assert [len(table("verbs")[kind]) for kind in ("common", "rare")] == [60, 60]


def test_every_quotation_stands_in_its_article_and_is_named_by_what_the_article_writes(articles):
    for article in articles:
        text = article.text.replace("&amp;", "&").replace('"', "”").replace("'", "’")
        for spoken in (*article.targets, *article.around):
            assert spoken.text.replace("'", "’") in text
        shown = article.person.shown.casefold().replace('"', "”")
        assert shown.replace("“", "").replace("”", "") in text.casefold().replace("“", "").replace("”", "")


def test_templates_names_and_verbs_are_used_alike_often(articles):
    templates = Counter(article.template for article in articles)
    assert set(templates.values()) == {25}
    assert min(Counter(article.person.kind for article in articles).values()) >= 30
    verbs = Counter(article.verb_kind for article in articles)
    assert verbs["common"] == verbs["rare"] > 100


def test_one_to_three_others_of_both_sexes_speak_before(articles):
    women, men = (set(table("material")["earlier"][sex]) for sex in ("women", "men"))
    before = [{spoken.speaker for spoken in article.around} for article in articles]
    assert {len(names) for names in before} <= {1, 2, 3, 4}
    assert all(names <= women | men for names in before)
    assert any(names & women for names in before)
    assert any(names & men for names in before)


def test_the_same_seed_gives_the_same_articles_and_another_seed_others(articles):
    assert list(make_articles(60, 1, Split.ALL)) == articles[:60]
    assert list(make_articles(60, 2, Split.ALL)) != articles[:60]


def test_the_halves_share_no_frame_and_no_verb():
    tuned, held = (list(make_articles(100, 1, split)) for split in (Split.TUNE, Split.HELD))
    for part in ("frame", "verb"):
        shared = {getattr(one, part) for one in tuned} & {getattr(one, part) for one in held}
        assert not shared - {None}


@pytest.mark.parametrize(
    ("named", "certainty", "outcome"),
    [
        ("Lena Castell", "certain", Outcome.RIGHT_CERTAIN),
        ("Lena “Birdie” Castell", "probable", Outcome.RIGHT_PROBABLE),
        ("Castell", "certain", Outcome.RIGHT_CERTAIN),
        ("Lena", "certain", Outcome.CUT_CERTAIN),
        ("Paula Renz", "certain", Outcome.WRONG_CERTAIN),
        ("Paula Renz", "probable", Outcome.WRONG_PROBABLE),
        (None, "unclear", Outcome.UNCLEAR),
        (None, None, Outcome.NO_SPEECH),
    ],
)
def test_a_named_speaker_is_judged(named, certainty, outcome):
    found = [Found("The ferry has not moved since Easter", named, certainty)]
    assert outcome_of(SPOKEN, found, PERSON)[0] is outcome


def test_a_quotation_that_is_not_found_is_told_and_the_worst_one_decides(articles):
    interrupted = next(article for article in articles if len(article.targets) == 2)
    first, second = interrupted.targets
    assert outcome_of(first, [], None)[0] is Outcome.NOT_FOUND
    found = [Found(first.text, first.speaker, "certain"), Found(second.text, "Somebody Else", "certain")]
    assert judge(interrupted, found).outcome is Outcome.WRONG_CERTAIN
