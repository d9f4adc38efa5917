import pytest

from retrieval.answering.publisher_names import match_publisher, publisher_words, same_publisher

KNOWN = [
    "The New York Times",
    "NYT",
    "nytimes.com",
    "CNN",
    "money.cnn.com",
    "RollingStone",
    "rollingstone.com",
    "USA Today network",
    "USA Today (IndyStar)",
    "usatoday.com",
    "BBC",
    "BBC News",
    "TheTelegraph",
    "Space.com",
    "SpaceNews",
    "LATimes",
    "AP",
    "APNews",
]


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("nyt", ("NYT", "The New York Times", "nytimes.com")),
        ("new york times", ("NYT", "The New York Times", "nytimes.com")),
        ("cnn", ("CNN", "money.cnn.com")),
        ("rolling stone", ("RollingStone", "rollingstone.com")),
        ("usa today", ("USA Today (IndyStar)", "USA Today network", "usatoday.com")),
        ("the bbc", ("BBC", "BBC News")),
        ("telegraph", ("TheTelegraph",)),
        ("spacenews", ("SpaceNews",)),
        ("associated press", ("AP", "APNews")),
    ],
)
def test_every_spelling_of_the_publisher_that_is_named_is_found(given, names):
    assert match_publisher(given, KNOWN).names == names


def test_an_unknown_publisher_comes_with_the_nearest_names():
    found = match_publisher("rolling stoen", KNOWN)
    assert (found.names, set(found.nearest)) == ((), {"RollingStone", "rollingstone.com"})
    assert match_publisher("Der Spiegel", KNOWN).names == ()


def test_a_word_that_several_publishers_share_means_none_of_them():
    assert match_publisher("times", ["LATimes", "LesothoTimes"]).names == ()


def test_a_holding_name_is_found_where_it_is_the_only_one():
    assert match_publisher("pundit", ["TheGatewayPundit", "CNN"]).names == ("TheGatewayPundit",)


@pytest.mark.parametrize(
    ("one", "other"), [("Space.com", "SpaceNews"), ("The Washington Post", "washingtontimes.com"), ("HPO", "HuffPost")]
)
def test_publishers_of_like_names_are_told_apart(one, other):
    assert not same_publisher(one, other)


def test_words_of_a_name_without_ornament():
    assert publisher_words("https://www.theguardian.com") == ("guardian",)
    assert publisher_words("independent.co.uk") == ("independent",)
    assert publisher_words("") == ()
