"""`python ingest_folder.py ARCHIVE FOLDER`: an ingest in a process of its own, for tests to kill. Prints stored ids."""

import sys
from pathlib import Path

from benchmarks.reliability.light_models import HashEncoder, MarksOnly
from retrieval.ingest.events import ArticleStored
from retrieval.ingest.ingester import Ingester
from retrieval.ingest.tasks import ExtractionRules
from retrieval.readers.files import find_files, read_path
from retrieval.store.archive import Archive


def main() -> None:
    archive = Archive.open(Path(sys.argv[1]))
    ingester = Ingester(archive, HashEncoder(), ExtractionRules(MarksOnly, 1), workers=2, wait=20)  # type: ignore[arg-type]
    for event in ingester.ingest(article for path in find_files([Path(sys.argv[2])]) for article in read_path(path)):
        if isinstance(event, ArticleStored):
            sys.stdout.write(event.article.title + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
