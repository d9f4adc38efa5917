import threading

import pytest

from bot.cards.guilds.archive import AdditionProgress
from bot.services.additions import carry_out
from bot.services.worker import Worker
from retrieval.errors import ArchiveError
from retrieval.guilds.additions import AdditionStarted, WaitingForIngest
from retrieval.ingest.events import ArticleFailed, ArticleSkipped
from retrieval.reasons import Reason
from tests.bot.harness import until
from tests.retrieval.made_up_archive import article


async def test_progress_is_shown_now_and_then_and_the_rest_at_the_end():
    worker, shown, go_on = Worker(threads=1, queue=1, limit=10), [], threading.Event()

    def steps():
        yield AdditionStarted(2)
        yield WaitingForIngest(None)
        go_on.wait(5)
        yield ArticleFailed("a", Reason.stated("b"))
        yield ArticleSkipped(article("x", "The tower may stay."))

    async def show(progress):
        shown.append(progress)
        go_on.set()

    progress = await carry_out(steps, worker, show, pause=0.05)
    worker.close()

    assert shown[0] == AdditionProgress(2, waiting=WaitingForIngest(None))
    assert (progress.done, progress.skipped, progress.waiting) == (2, 1, None)


async def test_work_that_nobody_waits_for_any_more_ends_with_its_step():
    worker, done, go_on = Worker(threads=1, queue=1, limit=0.1), [], threading.Event()

    def steps():
        for number in range(3):
            go_on.wait(5)
            done.append(number)
            yield AdditionStarted(number)

    async def show(_):
        pass

    with pytest.raises(Exception, match="no answer within"):
        await carry_out(steps, worker, show, pause=0.05)
    go_on.set()
    await until(lambda: not worker.busy)
    worker.close()

    assert done == [0]


async def test_steps_that_fail_are_told():
    worker = Worker(threads=1, queue=1, limit=10)

    def steps():
        yield AdditionStarted(1)
        raise ArchiveError("the disk is full")

    async def show(_):
        pass

    with pytest.raises(ArchiveError, match="full"):
        await carry_out(steps, worker, show, pause=0.05)
    worker.close()
