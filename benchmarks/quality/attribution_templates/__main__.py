"""Make articles of templates and report whether the product names their speakers, or nobody, but never another.

    python -m benchmarks.quality.attribution_templates [--split tune|held|all] [--seed N] [--show]

Tune on `--split tune`, report `--split held` with a seed of your own. Certain and wrong must be 0; right 90 % and more.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from benchmarks.quality.attribution_templates.articles import make_articles
from benchmarks.quality.attribution_templates.judging import Judged, Outcome, judge
from benchmarks.quality.attribution_templates.lists import Split
from benchmarks.quality.attribution_templates.product import found_quotations

RIGHT = (Outcome.RIGHT_CERTAIN, Outcome.RIGHT_PROBABLE)
GROUPS: dict[str, Callable[[Judged], str]] = {
    "template": lambda judged: judged.article.template,
    "name": lambda judged: judged.article.person.kind.value,
    "verb": lambda judged: judged.article.verb_kind,
}


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=500, help="articles (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="decides what is drawn (default: %(default)s)")
    parser.add_argument("--split", type=Split, choices=list(Split), default=Split.ALL, help="which half of the lists")
    parser.add_argument("--template", help="articles of this template alone")
    parser.add_argument("--languages", action="store_true", help="report by language too")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    options = parser.parse_args()
    articles = list(make_articles(options.count, options.seed, options.split))
    if options.template:
        articles = [article for article in articles if article.template == options.template]
    found = found_quotations(articles)
    judged = [judge(article, found.get(article.id, ())) for article in articles]
    if options.show:
        show(judged)
    languages = {"language": lambda judged: judged.article.person.language} if options.languages else {}
    report(judged, GROUPS | languages)


def show(judged: Sequence[Judged]) -> None:
    """Print every article whose speaker isn't named rightly, the worst first."""
    worst_first = sorted(judged, key=lambda one: -list(Outcome).index(one.outcome))
    for one in worst_first:
        if one.outcome not in RIGHT:
            article = one.article
            print(f"\n{article.id} {one.outcome}: {one.named!r} instead of {article.person.name!r}")
            print(f"  {article.template} | {article.frame!r} | {article.person.kind} | {article.person.language}")
            print("  " + article.text[-700:].replace("\n", "\n  "))


def report(judged: Sequence[Judged], groups: dict[str, Callable[[Judged], str]]) -> None:
    """Print the outcomes as Markdown tables, in all and by group."""
    print("| | articles | right % | certain and wrong | " + " | ".join(Outcome) + " |")
    print("|---" * (4 + len(Outcome)) + "|")
    print(line("all", judged))
    for title, key in groups.items():
        together: dict[str, list[Judged]] = defaultdict(list)
        for one in judged:
            together[key(one)].append(one)
        for name, some in sorted(together.items()):
            print(line(f"{title}: {name}", some))
    wrong = [one for one in judged if one.outcome in (Outcome.WRONG_CERTAIN, Outcome.WRONG_PROBABLE)]
    print(f"\nof {len(wrong)} wrong ones {sum(one.earlier for one in wrong)} are another speaker of the article")
    around = Counter(outcome for one in judged for outcome in one.around)
    print(
        "quotations around, in ordinary clauses: " + ", ".join(f"{around[key]} {key}" for key in Outcome if around[key])
    )


def line(name: str, judged: Sequence[Judged]) -> str:
    """Return one line of the table."""
    count = Counter(one.outcome for one in judged)
    right = 100 * sum(count[outcome] for outcome in RIGHT) / len(judged)
    cells = [len(judged), f"{right:.1f}", count[Outcome.WRONG_CERTAIN], *(count[outcome] for outcome in Outcome)]
    return f"| {name} | " + " | ".join(map(str, cells)) + " |"


if __name__ == "__main__":
    main()
