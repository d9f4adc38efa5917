"""The parser and the extractor, loaded once a session."""

import pytest

from retrieval.quotes.extractor import Extractor
from retrieval.quotes.syntax.parser import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    return Parser()


@pytest.fixture(scope="session")
def extractor(parser: Parser) -> Extractor:
    return Extractor(parser)
