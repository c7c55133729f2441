"""Reading the data files in ``configs/``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

#: libyaml's safe loader is ten times faster; not every build of PyYAML has it.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: str | Path) -> Any:
    """The content of a YAML file, by a safe loader.

    Raises FileNotFoundError where there is no file, yaml.YAMLError where it is not YAML.
    """
    return yaml.load(Path(path).read_text(encoding="utf-8"), Loader=_LOADER)
