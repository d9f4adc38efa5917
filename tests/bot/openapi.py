"""Discord's own description of its interface, and the rules that it leaves out, as a check of captured requests."""

import copy
import json
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from bot.cards import limits

DESCRIPTION = Path(__file__).parents[3] / "shared" / "discord-openapi.json"
_SENT_BY_THE_LIBRARY = {"tts": {"type": "boolean"}, "nsfw": {"type": "boolean"}, "nonce": {}}
_MESSAGES = re.compile(r"/channels/\d+/messages|/webhooks/\d+/[^/]+(/messages/[^/]+)?|/channels/\d+/messages/\d+")
_NAME = re.compile(r"[-_'\w]{1,32}")
_AUTOCOMPLETE, _MODAL = 8, 9
_CHAT_INPUT, _SUBCOMMAND, _GROUP = 1, 1, 2


def problems(method: str, path: str, body: Any) -> list[str]:
    """What Discord would refuse in this request, in words."""
    if body is None or method == "GET":
        return []
    found = _described(method, path, body) if DESCRIPTION.exists() else []
    if path.endswith("/commands"):
        found += ["more than 100 commands"] if len(body) > 100 else []
        found += _same_names(body)
        return found + [problem for command in body for problem in _command_problems(command)]
    if path.endswith("/callback"):
        return found + _callback_problems(body.get("type"), body.get("data") or {})
    return found + (_message_problems(body) if "components" in body or "content" in body else [])


def _callback_problems(kind: int, data: dict[str, Any]) -> list[str]:
    if kind == _AUTOCOMPLETE:
        sound = len(data["choices"]) <= limits.CHOICES
        return (
            []
            if sound and all(len(str(choice["value"])) <= limits.CHOICE for choice in data["choices"])
            else ["choices"]
        )
    if kind == _MODAL:
        return [] if len(data["title"]) <= limits.MODAL_TITLE and len(data["components"]) <= 5 else ["form"]
    return _message_problems(data) if "components" in data or "content" in data else []


def _message_problems(message: dict[str, Any]) -> list[str]:
    try:
        limits.check(message)
    except limits.LimitExceeded as error:
        return [str(error)]
    mentions = message.get("allowed_mentions")
    return [] if mentions in ({"parse": []}, {"parse": [], "replied_user": False}) else [f"may ping: {mentions}"]


def _command_problems(command: dict[str, Any]) -> list[str]:
    found: list[str] = []
    if any(len(text) > 100 for text in _in_every_language(command, "description")):
        found.append(f"description of {command['name']}")
    if command.get("type", _CHAT_INPUT) == _CHAT_INPUT:
        found += [f"name {name!r}" for name in _in_every_language(command, "name") if not _lower_case_name(name)]
    found += _same_names(command.get("options") or ())
    needed = [bool(option.get("required")) for option in command.get("options") or ()]
    if needed != sorted(needed, reverse=True):
        found.append(f"{command['name']}: a required option after an optional one")
    for option in command.get("options") or ():
        found += _command_problems({**option, "type": _CHAT_INPUT})
    return found


def _in_every_language(named: dict[str, Any], field: str) -> list[str]:
    return [named.get(field) or "", *(named.get(f"{field}_localizations") or {}).values()]


def _same_names(siblings: Sequence[dict[str, Any]]) -> list[str]:
    """Two commands, or two options of one, that would be called the same in some language."""
    names = Counter(
        (language, name)
        for each in siblings
        for language, name in {"": each["name"], **(each.get("name_localizations") or {})}.items()
    )
    return [f"{name!r} twice in {language or 'English'}" for (language, name), times in names.items() if times > 1]


def _lower_case_name(name: str) -> bool:
    return bool(_NAME.fullmatch(name)) and name == name.lower()


def _described(method: str, path: str, body: Any) -> list[str]:
    for template, validators in _operations().items():
        if re.fullmatch(template, path) and method in validators:
            validator = validators[method]
            return [f"{path} {error.json_path}: {error.message[:300]}" for error in validator.iter_errors(body)]
    return [f"{method} {path} isn't described"]


@cache
def _operations() -> dict[str, dict[str, Draft202012Validator]]:
    """By the path as a regular expression, literal paths first."""
    document = json.loads(DESCRIPTION.read_text(encoding="utf-8"))
    components = {"schemas": _strict(document["components"]["schemas"])}
    components["schemas"]["SnowflakeType"]["type"] = ["string", "integer"]
    operations: dict[str, dict[str, Draft202012Validator]] = {}
    for path in sorted(document["paths"], key=lambda path: path.count("{")):
        template = re.sub(r"\{\w+\}", "[^/]+", path)
        for method, operation in document["paths"][path].items():
            content = operation.get("requestBody", {}).get("content", {}) if isinstance(operation, dict) else {}
            if schema := content.get("application/json", {}).get("schema"):
                validator = Draft202012Validator({**_strict(schema), "components": components})
                operations.setdefault(template, {})[method.upper()] = validator
    return operations


def _strict(schema: Any) -> Any:
    """Unknown keys are refused, but for those that discord.py always sends."""
    if isinstance(schema, list):
        return [_strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: _strict(value) for key, value in copy.copy(schema).items()}
    if isinstance(schema.get("properties"), dict) and "additionalProperties" not in schema:
        strict["properties"] = _SENT_BY_THE_LIBRARY | strict["properties"]
        strict["additionalProperties"] = False
    return strict
