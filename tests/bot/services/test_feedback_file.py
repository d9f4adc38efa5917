from datetime import UTC, datetime

import pytest

from bot.services.feedback import FILE, Feedback, FeedbackStore, is_damaged, open_feedback

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def damaged(folder, how: str):
    file = folder / FILE
    store = FeedbackStore(file)
    for person in range(200):
        store.add(Feedback(person, "q1.0.1.abcde", right=True, reason="x" * 200))
    store.close()
    content = bytearray(file.read_bytes())
    if how == "header":
        content[:16] = b"not a database!!"
    else:
        content[4096:12288] = b"\xff" * 8192
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("how", ["header", "pages"])
def test_a_damaged_file_is_moved_aside_and_a_new_one_begun(tmp_path, logged, how):
    file = damaged(tmp_path, how)
    assert is_damaged(file)

    store = open_feedback(file, lambda: NOON)
    store.add(Feedback(1, "q1.0.1.abcde", right=True))

    assert len(store.all()) == 1
    store.close()
    assert (tmp_path / "judgements.sqlite.damaged-20260301T120000").exists()
    assert [event["event"] for event in logged] == ["feedback_damaged"]
    assert not is_damaged(file)


def test_a_sound_file_stays(tmp_path, logged):
    first = open_feedback(tmp_path / FILE)
    first.add(Feedback(1, "q1.0.1.abcde", right=True))
    first.close()
    again = open_feedback(tmp_path / FILE)

    assert len(again.all()) == 1
    again.close()
    assert logged == []
