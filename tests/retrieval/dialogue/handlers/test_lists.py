"""Lists: what is on the topic, by whom and from when it is asked for, and nothing else."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from retrieval.dialogue.handlers.list_narrowing import with_filters
from retrieval.dialogue.handlers.lists import ListHandler
from retrieval.dialogue.handlers.quotation_search import _days_before
from retrieval.dialogue.intents import Intent, IntentKind, ListOrder, ListRequest
from retrieval.dialogue.replies import ReplyCode, ReplyKind
from retrieval.domain import Filters
from retrieval.query import Period

WALL = "the harbour wall"


@pytest.fixture
def listed(lists, context):
    def reply(**wish):
        settings = {name: wish.pop(name) for name in ("limit", "offset", "filters") if name in wish}
        return lists.reply(Intent(IntentKind.LIST, "list", listing=ListRequest(**wish)), replace(context, **settings))

    return reply


def said(reply):
    return [(citation.speaker.name, citation.text) for citation in reply.answer.citations]


def speakers(reply):
    return [citation.speaker.name for citation in reply.answer.citations]


def test_a_topic_lists_what_was_said_on_it_and_no_other_words(listed):
    found = listed(topic=WALL, limit=20)
    assert (found.kind, found.total) == (ReplyKind.LIST, 6)
    assert {citation.article.id for citation in found.answer.citations} == {"harbour", "wall-later"}


def test_each_speakers_words_stand_together(listed):
    found = speakers(listed(topic=WALL, limit=20))
    assert len([one for one, other in pairwise(found) if one != other]) == len(set(found)) - 1


def test_newest_first_means_the_day_of_the_words(listed):
    days = [c.article.published for c in listed(topic=WALL, order=ListOrder.NEWEST, limit=20).answer.citations]
    assert days[:2] == ["2026-06-01", "2026-06-01"]
    assert set(days[2:]) == {"2026-03-12"}


def test_pages_follow_each_other_without_repetition(listed):
    whole = listed(topic=WALL, limit=20)
    first, second = listed(topic=WALL, limit=4), listed(topic=WALL, limit=4, offset=4)
    assert (first.total, second.total) == (6, 6)
    assert len(said(first)) == 4
    assert len(said(second)) == 2
    assert set(said(first)) | set(said(second)) == set(said(whole))


def test_a_speakers_words_on_a_topic_are_theirs_alone(listed):
    found = listed(topic=WALL, speakers=("reed",), limit=20)
    assert set(speakers(found)) == {"Tom Reed"}
    assert found.total == 3


def test_a_surname_of_two_people_means_the_one_who_spoke_about_the_topic(listed):
    assert set(speakers(listed(topic="brown petals after the frost", speakers=("brook",)))) == {"Joan Brook"}
    assert set(speakers(listed(topic=WALL, speakers=("brook",)))) == {"Ada Brook"}


def test_everything_that_a_speaker_said_comes_the_latest_first(listed):
    found = listed(speakers=("Ada Brook",))
    assert [citation.article.id for citation in found.answer.citations] == ["wall-later", "harbour"]
    assert found.total == 2


def test_a_group_is_those_who_are_described_so(listed):
    found = listed(topic=WALL, speakers=("economists",), group=True)
    assert set(speakers(found)) == {"Mina Okafor"}
    assert set(speakers(listed(topic=WALL, speakers=("experts",), group=True))) == {"Mina Okafor"}


def test_people_is_nobody_in_particular(listed):
    assert listed(topic=WALL, speakers=("people",), group=True).total == 6


def test_a_publisher_is_known_by_any_of_its_spellings(listed):
    found = listed(topic=WALL, publisher="harbour post", limit=20)
    assert {c.article.publisher for c in found.answer.citations} == {"The Harbour Post", "harbourpost.example"}
    assert listed(topic=WALL, publisher="vale gazette").kind is ReplyKind.DECLINED


def test_an_unknown_publisher_is_told_with_the_nearest(listed):
    found = listed(topic=WALL, publisher="harbor post")
    assert found.kind is ReplyKind.DECLINED
    assert found.texts[0].code is ReplyCode.PUBLISHER_NEAREST
    assert "The Harbour Post" in dict(found.texts[0].parameters)["names"]


def test_a_period_holds_words_of_its_days_alone(listed):
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    assert {c.article.id for c in listed(topic=WALL, period=march).answer.citations} == {"harbour"}
    assert {c.article.id for c in listed(period=march).answer.citations} == {"harbour"}


def test_a_period_after_the_newest_article_says_so(listed):
    found = listed(period=Period(date(2026, 7, 20), date(2026, 7, 27)))
    assert (found.kind, found.answer.citations) == (ReplyKind.DECLINED, ())
    assert found.texts[0].code is ReplyCode.NOTHING_SO_NEW
    assert dict(found.texts[0].parameters) == {"newest": date(2026, 6, 1)}


def test_nothing_is_listed_below_the_floor(listed):
    found = listed(topic="the eruption of a volcano")
    assert (found.kind, found.texts[0].code) == (ReplyKind.DECLINED, ReplyCode.NOTHING_ABOUT)
    silent = listed(topic="cider prices", speakers=("Tom Reed",))
    assert silent.texts[0].code is ReplyCode.NOTHING_BY_ABOUT
    assert dict(silent.texts[0].parameters) == {"speaker": "Tom Reed", "topic": "cider prices"}


def test_a_mistyped_name_is_taken_for_the_only_one_near_it(listed):
    found = listed(topic=WALL, speakers=("Tom Redd",))
    assert found.answer.did_you_mean == "Tom Reed"
    assert set(speakers(found)) == {"Tom Reed"}
    assert listed(speakers=("Zoe Quill",)).texts[0].code is ReplyCode.NOBODY_CALLED


def test_those_who_disagree_are_others(listed):
    found = listed(topic=WALL, opposing="Ada Brook")
    assert "Ada Brook" not in speakers(found)
    assert speakers(found)[0] == "Tom Reed"


def test_another_servers_words_are_not_listed(listed):
    both = Filters(frozenset({"operator", "guild:7"}))
    assert "The harbour wall is our secret," not in [words for _, words in said(listed(topic=WALL, limit=20))]
    assert listed(topic=WALL, limit=20, filters=both).total == 7


def test_a_wish_for_nothing_in_particular_is_no_list(listed):
    assert listed() is None


def test_an_export_takes_the_whole_list(lists):
    assert len(lists.citations(ListRequest(topic=WALL), Filters())) == 6


def test_options_of_a_command_go_before_the_message_and_periods_intersect():
    year, spring = (
        Period(date(2026, 1, 1), date(2026, 12, 31)),
        Filters(after=date(2026, 3, 1), before=date(2027, 5, 1)),
    )
    request = ListRequest(WALL, ("economists",), group=True, publisher="Vale Gazette", period=year)
    assert with_filters(request, Filters()) == request
    narrowed = with_filters(request, replace(spring, speaker="Reed", publisher="Harbour Post"))
    assert narrowed == ListRequest(
        WALL, ("Reed",), publisher="Harbour Post", period=Period(date(2026, 3, 1), date(2026, 12, 31))
    )


def test_a_page_holds_no_more_than_is_shown(listed):
    assert len(listed(topic=WALL, count=10, limit=3).answer.citations) == 3
    assert len(listed(topic=WALL, count=2, limit=3).answer.citations) == 2


def test_a_list_by_day_folds_repetitions_before_it_is_cut(lists, context, monkeypatch):
    def folded(_self, citations, _wanted):
        return list({citation.speaker.name: citation for citation in citations}.values())

    monkeypatch.setattr(ListHandler, "_folded", folded)
    wish = Intent(IntentKind.LIST, "list", listing=ListRequest(period=Period(date(2026, 1, 1), None)))
    pages = [lists.reply(wish, replace(context, limit=2, offset=offset)) for offset in (0, 2)]
    assert sorted(name for page in pages for name in speakers(page)) == [
        "Ada Brook",
        "Joan Brook",
        "Mina Okafor",
        "Tom Reed",
    ]
    assert pages[1].total == 4


def test_the_days_before_the_first_day_are_that_day():
    assert _days_before(date(1, 3, 1), 365) == date.min
    assert _days_before(date(2026, 3, 1), 365) == date(2025, 3, 1)
