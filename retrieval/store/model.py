"""Which model an archive's vectors come from, as the archive itself remembers it."""

from sqlalchemy import Connection, delete, insert, select

from retrieval.domain import EmbeddingModel
from retrieval.errors import ModelMismatch
from retrieval.store.schema import articles, meta


def stored_model(connection: Connection) -> EmbeddingModel | None:
    rows = connection.execute(select(meta.c.key, meta.c.value).where(meta.c.key.like("model.%")))
    values = {key: value for key, value in rows}  # noqa: C416
    if not values:
        return None
    return EmbeddingModel(values["model.name"], values["model.sha256"])


def store_model(connection: Connection, model: EmbeddingModel) -> None:
    connection.execute(delete(meta).where(meta.c.key.like("model.%")))
    values = {"name": model.name, "sha256": model.sha256}
    connection.execute(insert(meta), [{"key": f"model.{key}", "value": value} for key, value in values.items()])


def expect_model(connection: Connection, model: EmbeddingModel) -> None:
    """Make sure that the archive's vectors are `model`'s, if it has any. Raises ModelMismatch otherwise."""
    stored = stored_model(connection)
    if stored is None:
        return
    if stored.sha256 != model.sha256:
        raise ModelMismatch(
            f"the archive's vectors were made by the model {stored.name} ({stored.sha256[:12]}), and the setting "
            f"names {model.name} ({model.sha256[:12]}); set ONTHERECORD_MODEL back, or let `ontherecord ingest "
            "--rebuild` make them anew"
        )
    if connection.scalar(select(articles.c.seq).where(articles.c.model != model.sha256).limit(1)) is not None:
        raise ModelMismatch("changing the archive's model was cut short; `ontherecord ingest --rebuild` finishes it")
