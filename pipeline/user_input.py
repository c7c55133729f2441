"""What users type for settings, and what they are told where something is wrong."""

import json
from typing import Any


class UserError(Exception):
    """An error that the user can mend; shown without a traceback."""


def parse_settings(settings: list[str]) -> dict[str, Any]:
    """``KEY=VALUE`` texts as spaCy overrides; values are JSON, or else text.

    Raises UserError where there is no ``=``, or no dot in the key.
    """
    overrides: dict[str, Any] = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals or "." not in key:
            raise UserError(f"--set {setting}: expected SECTION.KEY=VALUE, as run.workers=2.")
        try:
            overrides[key] = json.loads(value)
        except json.JSONDecodeError:
            overrides[key] = value
    return overrides


def is_users(error: Exception) -> bool:
    """Errors whose message tells the user what to do."""
    names = {
        "UserError",
        "GoldError",
        "InputError",
        "OutputError",
        "SettingsError",
        "ModelError",
        "RunError",
        "RayMissingError",
        "ConfigValidationError",
    }
    known = type(error).__name__ in names or hasattr(error, "format_message")
    return known or isinstance(error, OSError)


def message(error: Exception) -> str:
    """The error as markup-free text for the console."""
    from rich.markup import escape

    text = error.format_message() if hasattr(error, "format_message") else str(error)
    return escape(text)
