"""Hostile article texts: structural shapes that can be made as long as one likes."""

from collections.abc import Callable
from itertools import count, islice

Shape = Callable[[int], str]
"""Returns a text of about so many characters."""

NAMES = "Ada Ben Cora Dan Eve Finn Gwen Hugo Iris Jon Kate Liam Mona Noel Olga Paul Rosa Sam Tess Walt".split()
SURNAMES = "Lee Park Brook Hale Stone Webb Frost Lowe Marsh Pike Reed Shaw Thorne Vance Wilde York".split()


def repeated(piece: str, before: str = "", behind: str = "") -> Shape:
    """Return the shape that repeats a piece."""
    return lambda size: before + piece * max(1, (size - len(before) - len(behind)) // len(piece)) + behind


def numbered(piece: Callable[[int], str], before: str = "") -> Shape:
    """Return the shape that joins the pieces of 0, 1, 2 and so on."""

    def text(size: int) -> str:
        parts, length = [before], len(before)
        for number in count():
            parts.append(piece(number))
            length += len(parts[-1])
            if length >= size:
                break
        return "".join(parts)

    return text


def _nested(opening: str, closing: str) -> Shape:
    def text(size: int) -> str:
        depth = max(1, size // (len(opening) + len(closing) + 10))
        return opening * depth + "It is over, he said." + closing * depth

    return text


def _name(number: int) -> str:
    return f"{NAMES[number % 20]} {SURNAMES[number // 20 % 16]}{_letters(number // 320)}"


def _letters(number: int) -> str:
    """Return a number as small letters: "" for 0, then "a" to "z", "aa" and so on."""
    return "" if number == 0 else _letters((number - 1) // 26) + chr(97 + (number - 1) % 26)


def _unique(number: int) -> str:
    return _letters(number + 1)


def _one_line_words() -> Shape:
    return numbered(lambda n: f"{_unique(n).title()}\n\n")


SHAPES: dict[str, Shape] = {
    "pronouns around quotations": repeated('"We open it," he said and she said. '),
    "pronouns without a stop": repeated('"We open it," he said and she said '),
    "pronouns alone": repeated("he and she "),
    "pronouns in sentences": repeated("He saw her. She saw him. "),
    "pronouns behind many names": numbered(lambda n: f'{_name(n)} met him. "We know it well," she said. '),
    "they and it": repeated('The firm said it had it. "They know they do," they said. '),
    "we and I": repeated('"I think we do," I said, and we said. '),
    "many people": numbered(lambda n: f"{_name(n)} spoke. "),
    "people of one surname": numbered(lambda n: f"{NAMES[n % 20]}{_letters(n // 20)} Lee spoke. Lee said so. "),
    "people of one first name": numbered(lambda n: f"Ann {_unique(n).title()} spoke. Ann said so. "),
    "names of three words of few": numbered(
        lambda n: f"{NAMES[n % 20]} {NAMES[n // 20 % 20]} {NAMES[n // 400 % 20]} spoke. "
    ),
    "list of names with commas": numbered(lambda n: f"{_name(n)}, "),
    "list of names with and": numbered(lambda n: f"{_name(n)} and "),
    "names without a blank": numbered(lambda n: _unique(n).title()),
    "many organisations": numbered(lambda n: f"The {_unique(n).title()} Company said it would pay. "),
    "acronyms": numbered(lambda n: f"{_unique(n).upper()}X ({_unique(n).upper()}Y) said it would. "),
    "organisations of organisations": repeated("Council of the Ministry of the Bank of "),
    "many quotations of many people": numbered(lambda n: f'"We will open it soon," said {_name(n)}. '),
    "quotations of one person": repeated('"We will open it soon," said Ada Lee. '),
    "alternating speakers": numbered(lambda n: f'"We will open it {_unique(n)}," said {NAMES[n % 2]} Lee. "No." '),
    "repeated quotations": repeated('"We will open the gate." "We will open the gate again." '),
    "unattributed quotations": numbered(lambda n: f'"We will open {_unique(n)} of the gate for all of you." '),
    "quotations alone in paragraphs": numbered(lambda n: f'"We will open {_unique(n)} of the gate."\n\n'),
    "a quotation in every word": repeated('"a" b '),
    "fragments in one sentence": repeated('a "big small" thing and '),
    "quotations nested deep": _nested("“He said ‘", "’ she said”"),
    "quotations nested side by side": repeated("‘We go,’ he said. ", "“They told us: ", "” said Ada Lee."),
    "nested between straight marks": repeated("'We go,' he said. ", '"They told us: ', '" said Ada Lee.'),
    "opening marks alone": repeated("“Now we go "),
    "closing marks alone": repeated("Now we go” "),
    "straight marks alone": repeated('" '),
    "marks of all styles": repeated("“a ‘b «c „d \"e 'f ` "),
    "single marks": repeated("'a 'b' c' "),
    "apostrophes": repeated("dogs' cats' o'clock 'tis "),
    "open at every paragraph": repeated('"We go on and on\n\n'),
    "a mark left open": repeated("We go on and on. ", '"'),
    "inches": repeated('5\' 10" 6" '),
    "one sentence of nouns": repeated("house of the man of "),
    "one sentence of clauses": repeated("she said that he knew that "),
    "one sentence of verbs": repeated("saying telling "),
    "one sentence with commas": repeated("the minister, the mayor, said, "),
    "according to": repeated("according to him, according to the report, "),
    "sentences without stops": repeated("The mayor said it\nThe minister said so "),
    "sentences of one word": repeated("Yes. No. He. "),
    "lines of one word": _one_line_words(),
    "capitals": repeated("THE MAYOR SAID IT WAS OVER "),
    "title case": repeated("The Mayor Said It Was Over "),
    "capital letters": repeated("A B C D "),
    "titles": repeated("Mr Mrs Dr Prof President Minister "),
    "titles with names": numbered(lambda n: f"Dr {_unique(n).title()} met Mr {_unique(n).title()}. "),
    "roles": numbered(lambda n: f"Ada Lee, the {_unique(n)} minister, spoke. The minister said so. "),
    "descriptions of one noun": numbered(lambda n: f'"We do so now," said the {_unique(n)} minister. '),
    "definite descriptions": repeated('"We will do so now," the minister said. '),
    "statements": numbered(lambda n: f'The {_unique(n)} firm said in a statement. "We pay it," the statement said. '),
    "indirect speech": numbered(lambda n: f"{_name(n)} said that the dam would hold. He said it would fail. "),
    "claims of nouns": repeated("Lee's claim that Park's claim that the mayor's report "),
    "transcript": numbered(lambda n: f"{NAMES[n % 20].upper()}: We do it.\n"),
    "transcript inside marks": numbered(lambda n: f'"{_unique(n).upper()} LEE: We do it all of the day." '),
    "labels with dashes": numbered(lambda n: f'"We do it all day" — {_name(n)}\n'),
    "dashes": repeated("- – — "),
    "hyphens": repeated("a-"),
    "colons": repeated("Lee: "),
    "brackets": repeated("(["),
    "brackets with words": repeated("(he said (she said) "),
    "closing brackets": repeated(")"),
    "dots": repeated("."),
    "dots and letters": repeated("a."),
    "exclamation marks": repeated("! ? "),
    "numbers": repeated("1 2,000 3.5 "),
    "digits": repeated("7"),
    "dates": repeated('On 3 May 2020 and on Monday he said "we go there" last week. '),
    "dates in one sentence": repeated("on Monday, on 3 May 2020, yesterday, "),
    "addresses": repeated("http://a.bc/d?e=f&g "),
    "addresses without a blank": repeated("http://a.bc/"),
    "mail addresses": repeated("a@b.c"),
    "one word": repeated("a"),
    "one capital word": repeated("Ab"),
    "blanks": repeated(" ", "a", "b"),
    "line breaks": repeated("\n", "a", "b"),
    "line breaks and blanks": repeated("\n \t", "a", "b"),
    "wrapped lines": repeated("the mayor of the town said that it was over for all\n"),
    "tags": repeated("<a "),
    "emoji": repeated("🙂 "),
    "combining marks": repeated("é"[0] + "́"),
    "other scripts": repeated("他说「我们走」。"),
    "he said she said": repeated('He said: "Go." She said: "No." '),
    "questions": repeated('Asked if Lee would go, he said "we will see what comes". Is Lee right? '),
    "conjunctions": repeated('Ada Lee and Ben Park and Cora Hale said "we go". '),
    "appositions": repeated("Ada Lee, the mayor, the head of the town, the wife of Ben Park, "),
    "relative clauses": repeated("the man who saw the dog who saw "),
    "genitives": repeated("Lee's wife's dog's "),
    "semicolons": repeated("he said so; she said no; "),
    "slashes": repeated("and/or/"),
    "underscores": repeated("a_b_"),
}


def article(size: int, number: int = 0) -> str:
    """Return an article without anything hostile, of about so many characters."""
    sentence = 'The mayor of {place} opened the bridge on Monday. "It will serve us well," said {name}, who built it. '
    pieces = (sentence.format(place=_name(number + n).split()[1], name=_name(number + n)) for n in count())
    return "".join(islice(pieces, max(1, size // 110)))
