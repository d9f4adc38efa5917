from dataclasses import replace

import numpy as np
import pytest

from benchmarks.reliability.light_models import vector_of
from retrieval.guilds.watch_matcher import ARTICLES_PER_MATCH, WatchMatcher
from retrieval.guilds.watches import GUILD_LIMIT, PERSON_LIMIT, TooManyWatches, Watch, WatchPause, WatchRepository
from retrieval.speakers.index import SpeakerIndex
from tests.retrieval.made_up_archive import NOON, article, entry, quotation

OLD = '"The tower must go," said Ada Brook.'
NEW = '"The tower may stay," said Brook. "A fine harbour wall," said Tom Reef.'
THEIRS = '"The tower is ours," said Ada Brook.'
MINE = Watch(0, person=1, guild=None, channel=None, speaker="Ada Brook", topic=None)
OURS = replace(MINE, guild=7, channel=70)
EVERYBODY = frozenset({"operator", "guild:7"})


class Meanings:
    """Every topic means exactly what `means` says, or nothing that is near anything."""

    def __init__(self, **means):
        self.means = means

    def encode(self, texts):
        return np.stack([vector_of(self.means[text]) if text in self.means else np.zeros(16) for text in texts])


@pytest.fixture
def archive(archive):
    put(archive, "old", OLD, {"The tower must go,": "Ada Brook"})
    return archive


@pytest.fixture
def watches(archive):
    return WatchRepository(archive.database)


def put(archive, id_, text, said, *, owner="operator", rules=1):
    made = article(id_, text, owner=owner)
    return archive.put(entry(made, [quotation(text, words, who) for words, who in said.items()], rules_version=rules))


def put_new(archive):
    return put(archive, "new", NEW, {"The tower may stay,": "Ada Brook", "A fine harbour wall,": "Tom Reef"})


def looked(archive, watches, encoder=None):
    matcher = WatchMatcher(archive, SpeakerIndex(archive, lambda: NOON), encoder or Meanings())
    return matcher.match(
        watches.all(), watches.newest_article(), lambda watch: EVERYBODY if watch.guild else frozenset({"operator"})
    )


def words(look):
    return [[citation.text for citation in news.citations] for news in look.matches]


def test_new_words_of_a_watched_speaker_are_found_by_any_of_their_names(archive, watches):
    watches.add(MINE)
    put_new(archive)

    assert words(looked(archive, watches)) == [["The tower may stay,"]]


def test_what_was_there_before_the_watch_began_is_no_news(archive, watches):
    put_new(archive)
    watches.add(MINE)

    assert words(looked(archive, watches)) == []


def test_quotations_that_are_computed_anew_are_no_news(archive, watches):
    watches.add(MINE)
    put(archive, "old", OLD, {"The tower must go,": "Ada Brook"}, rules=2)

    assert words(looked(archive, watches)) == []


def test_what_was_looked_at_is_not_looked_at_again(archive, watches):
    watch = watches.add(MINE)
    put_new(archive)
    look = looked(archive, watches)
    watches.told(watch.id, look.seen, look.matches[0].articles)

    assert words(looked(archive, watches)) == []
    assert watches.notified(watch.id, {"new", "old"}) == {"new"}


def test_another_servers_articles_are_never_news(archive, watches):
    watches.add(MINE)
    watches.add(replace(OURS, guild=8, channel=80))
    put(archive, "theirs", THEIRS, {"The tower is ours,": "Ada Brook"}, owner="guild:7")
    matcher = WatchMatcher(archive, SpeakerIndex(archive, lambda: NOON), Meanings())
    seen = {None: frozenset({"operator"}), 8: frozenset({"operator", "guild:8"})}

    assert matcher.match(watches.all(), watches.newest_article(), lambda watch: seen[watch.guild]).matches == ()


def test_a_servers_own_articles_are_news_in_its_channels_alone(archive, watches):
    watches.add(MINE)
    watches.add(OURS)
    put(archive, "theirs", THEIRS, {"The tower is ours,": "Ada Brook"}, owner="guild:7")

    assert [news.watch.guild for news in looked(archive, watches).matches] == [7]


@pytest.mark.parametrize(
    ("topic", "means", "found"),
    [
        ("harbour walls", "A fine harbour wall,", [["A fine harbour wall,"]]),
        ("the quay", "A fine harbour wall,", [["A fine harbour wall,"]]),
        ("the harbour wall", "nothing of the kind", []),
        ("???", "nothing of the kind", []),
        ('harbour" OR "tower', "nothing of the kind", []),
    ],
)
def test_a_topic_needs_its_meaning(archive, watches, topic, means, found):
    watches.add(replace(MINE, speaker=None, topic=topic))
    put_new(archive)

    assert words(looked(archive, watches, Meanings(**{topic: means}))) == found


def test_a_meaning_that_is_only_near_needs_the_topics_words_too(archive, watches):
    watches.add(replace(MINE, speaker=None, topic="harbour"))
    watches.add(replace(MINE, speaker=None, topic="quay"))
    put_new(archive)
    wall, other = vector_of("A fine harbour wall,"), vector_of("Title of new")
    other -= wall * (wall @ other)
    near = 0.5 * wall + np.sqrt(0.75) * other / np.linalg.norm(other)

    class Near:
        def encode(self, texts):
            return np.stack([near] * len(texts))

    assert [(news.watch.topic, len(news.citations)) for news in looked(archive, watches, Near()).matches] == [
        ("harbour", 1)
    ]


def test_a_speaker_on_a_topic_must_be_both(archive, watches):
    watches.add(replace(MINE, topic="wall"))
    put_new(archive)

    assert words(looked(archive, watches, Meanings(wall="A fine harbour wall,"))) == []


def test_a_copy_of_an_article_that_was_there_is_no_news(archive, watches):
    story = (
        OLD + " " + "Planks were carried off as far as the lighthouse, and nobody knows who will pay for the roof. " * 2
    )
    put(archive, "story", story, {"The tower must go,": "Ada Brook"})
    watches.add(MINE)
    put(archive, "copy", story + " It rained.", {"The tower must go,": "Ada Brook"})
    put_new(archive)

    assert words(looked(archive, watches)) == [["The tower may stay,"]]


def test_a_flood_of_articles_is_looked_at_in_portions(archive, watches):
    watch = watches.add(MINE)
    watches.looked([watch.id], 0)
    matcher = WatchMatcher(archive, SpeakerIndex(archive, lambda: NOON), Meanings())

    assert matcher.match(watches.all(), 10_000, lambda _: EVERYBODY).seen == ARTICLES_PER_MATCH


def test_there_may_be_so_many_watches_and_no_more(archive, watches):
    for number in range(PERSON_LIMIT):
        watches.add(replace(MINE, topic=f"topic {number}"))
    for number in range(GUILD_LIMIT):
        watches.add(replace(OURS, person=number, topic=f"topic {number}"))

    with pytest.raises(TooManyWatches):
        watches.add(replace(MINE, topic="one more"))
    with pytest.raises(TooManyWatches):
        watches.add(replace(OURS, person=99, topic="one more"))
    assert watches.add(replace(MINE, topic="topic 1")).id == watches.direct_messages_of(1)[1].id
    watches.add(replace(MINE, person=2))


def test_a_paused_watch_goes_on_with_what_comes_after(archive, watches):
    watch = watches.add(MINE)
    watches.pause(watch.id, WatchPause.FORBIDDEN)
    put_new(archive)
    assert watches.all() == []
    assert watches.of_person(1)[0].paused is WatchPause.FORBIDDEN
    watches.resume([watch.id])

    assert words(looked(archive, watches)) == []


def test_watches_end_with_their_person_or_server(archive, watches):
    watches.add(MINE)
    ours = watches.add(OURS)
    watches.forget_guild(7)
    assert watches.of_person(1) == [watches.direct_messages_of(1)[0]]
    watches.told(ours.id, 5, {"new"})
    watches.forget_person(1)

    assert watches.all() == []


def test_a_watch_that_can_not_be_matched_spoils_itself_alone(archive, watches, monkeypatch, caplog):
    watches.add(MINE)
    watches.add(replace(MINE, person=2, speaker="Tom Reef"))
    put_new(archive)
    names = WatchMatcher._speakers

    def odd(self, speakers, said, owners):
        if "Ada Brook" in speakers:
            raise KeyError("x")
        return names(self, speakers, said, owners)

    monkeypatch.setattr(WatchMatcher, "_speakers", odd)
    assert [news.watch.speaker for news in looked(archive, watches).matches] == ["Tom Reef"]
    assert [record.message for record in caplog.records] == ["watch_not_matched"]
