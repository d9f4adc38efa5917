"""The snapshot of the local engine: a cache of what the store holds, which knows what it is a cache of.

One line of JSON (format, model, dimension, count, state of the archive, sha256 of the rest), then the catalogue's
arrays and FAISS's index as one npz. It is replaced as a whole, so a killed process leaves the old one.
"""

import hashlib
import io
import json
import logging
import os
from pathlib import Path

import faiss
import numpy as np

from retrieval.domain import EmbeddingModel
from retrieval.search.local.catalogue import Catalogue, ValueDictionary
from retrieval.search.local.vectors import VectorIndex
from retrieval.store.records import ArchiveState
from retrieval.store.sqlite.private_files import make_private_file

log = logging.getLogger(__name__)

FORMAT = 1
HEADER_BYTES = 10_000
"""A header takes some 300; a longer first line is no header."""
ARRAYS = ("ids", "owner", "publisher", "speaker", "day")
NAMES = ("owners", "publishers", "speakers")


def write(path: Path, vectors: VectorIndex, state: ArchiveState, model: EmbeddingModel) -> None:
    """Write the snapshot, or raise OSError with the old one still in place."""
    payload = pack(vectors)
    header = _header(vectors, state, model) | {"sha256": hashlib.sha256(payload).hexdigest()}
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        make_private_file(unfinished)
        with unfinished.open("wb") as file:
            file.write(json.dumps(header).encode() + b"\n")
            file.write(payload)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _header(vectors: VectorIndex, state: ArchiveState, model: EmbeddingModel) -> dict[str, object]:
    return {
        "format": FORMAT,
        "model": model.sha256,
        "dimension": vectors.index.d,
        "count": len(vectors),
        "generation": state.generation,
        "mark": state.mark,
    }


def read(path: Path, model: EmbeddingModel | None) -> tuple[VectorIndex, ArchiveState] | None:
    """Return the index and its state; None where there is no snapshot, or not a whole one, or another model's.

    A snapshot that can't be used for another reason than these is told in the log.
    """
    try:
        with path.open("rb") as file:
            header = json.loads(file.readline(HEADER_BYTES))
            payload = file.read()
        if header["format"] != FORMAT or model is None or header["model"] != model.sha256:
            return None
        if header["sha256"] != hashlib.sha256(payload).hexdigest():
            raise ValueError("its digest is another's")
        return unpack(payload), ArchiveState(header["generation"], header["mark"])
    except FileNotFoundError:
        return None
    except Exception as error:  # FAISS and numpy raise what they like; the store has everything
        log.warning("index not usable, building it anew", extra={"error": type(error).__name__, "why": str(error)})
        return None


def pack(vectors: VectorIndex) -> bytes:
    """Return the catalogue's arrays and FAISS's serialised index as one npz."""
    catalogue = vectors.catalogue
    names = json.dumps({name: getattr(catalogue, name).values for name in NAMES}).encode()
    arrays = {name: getattr(catalogue, name) for name in ARRAYS}
    arrays["index"] = faiss.serialize_index(vectors.index)
    arrays["names"] = np.frombuffer(names, dtype=np.uint8)
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def unpack(payload: bytes) -> VectorIndex:
    """Return the index in an npz that `pack` made."""
    arrays = np.load(io.BytesIO(payload), allow_pickle=False)
    catalogue = Catalogue()
    for name in ARRAYS:
        setattr(catalogue, name, arrays[name])
    for name, values in json.loads(arrays["names"].tobytes()).items():
        setattr(catalogue, name, ValueDictionary(values, {value: code for code, value in enumerate(values)}))
    return VectorIndex(catalogue, faiss.deserialize_index(arrays["index"]))
