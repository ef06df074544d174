"""What Telegram checks beyond the types of its fields: lengths, markup, buttons, commands, addresses."""

import re
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from tests.providers.bot_api import MESSAGES, Call, Params
from tests.providers.entities import Entity, units
from tests.providers.failures import Fail, Violation
from tests.providers.markup import MarkupError, parse_html
from tests.providers.schema import Method

Words = tuple[str, list[Entity]]

_MEDIA = ("photo", "video", "voice", "document", "video_note")
ACTIONS = frozenset(
    ["typing", "choose_sticker", "find_location"]
    + [f"{doing}_{kind}" for doing in ("upload", "record") for kind in _MEDIA]
) - {"record_photo", "record_document"}
_SWITCHES = ("switch_inline_query", "switch_inline_query_current_chat", "switch_inline_query_chosen_chat")
PRESSES = frozenset(["url", "callback_data", "web_app", "login_url", "copy_text", "callback_game", "pay", *_SWITCHES])
UNSEEN = "\u200b\u2060\u3164\u115f\ufeff"


def checked(method: Method, params: Params) -> Call:
    """The request, found right. Raises Violation in Telegram's words."""
    fault = method(params)
    if fault:
        raise wrong(fault)
    for rule in RULES.get(method.name, ()):
        rule(params)
    if method.name in MESSAGES:
        return Call(method.name, params, *words(params))
    return Call(method.name, params, params.get("text", ""), [])


def wrong(sentence: str) -> Violation:
    return Violation(Fail.REFUSED(text=f"Bad Request: {sentence}"))


def words(params: Params) -> Words:
    """A message's text or caption as a person reads it, with its entities. Raises Violation as Telegram refuses it."""
    if "text" in params:
        return _text(params)
    if "caption" not in params:
        return "", []
    caption, entities = _parsed(params["caption"], params.get("parse_mode"), params.get("caption_entities"))
    if units(caption) > 1024:
        raise wrong("message caption is too long")
    return caption, entities


def _text(params: Params) -> Words:
    text, entities = _parsed(params["text"], params.get("parse_mode"), params.get("entities"))
    if not text.strip().strip(UNSEEN):
        raise wrong("message text is empty")
    if units(text) > 4096:
        raise wrong("message is too long")
    return text, entities


def _parsed(text: str, mode: str | None, entities: list[Entity] | None) -> Words:
    """House rule: HTML or entities; the two Markdowns are refused, as nothing here reads them."""
    if not mode:
        return text, entities or []
    if mode.lower() != "html":
        raise wrong("unsupported parse_mode")
    try:
        return parse_html(text)
    except MarkupError as fault:
        raise wrong(f"can't parse entities: {fault}") from fault


def keyboard(params: Params) -> None:
    """Every inline button does exactly one thing and its data fits 64 bytes."""
    markup = params.get("reply_markup") or {}
    for row in markup.get("inline_keyboard", ()):
        for button in row:
            _button(button)


def _button(button: Params) -> None:
    presses = PRESSES & button.keys()
    if not button["text"]:
        raise wrong("can't parse inline keyboard button: Inline keyboard button text must be non-empty")
    if not presses:
        raise wrong("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if len(presses) > 1:
        raise wrong("can't parse inline keyboard button: exactly one optional field must be used")
    if not 1 <= len(button.get("callback_data", "-").encode()) <= 64:
        raise wrong("BUTTON_DATA_INVALID")
    if "url" in button and not _reachable(button["url"]):
        raise wrong(f"inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL")


def _reachable(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "tg" or (parts.scheme in ("http", "https") and "." in (parts.hostname or ""))


def _action(params: Params) -> None:
    if params["action"] not in ACTIONS:
        raise wrong("wrong parameter action in request")


def _callback_answer(params: Params) -> None:
    if units(params.get("text", "")) > 200:
        raise wrong("MESSAGE_TOO_LONG")


def _webhook(params: Params) -> None:
    """As the local Bot API server: plain HTTP and any port are taken."""
    if params["url"] and urlsplit(params["url"]).scheme not in ("http", "https"):
        raise wrong("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", params.get("secret_token", "")):
        raise wrong("secret token contains unallowed characters")
    if not 1 <= params.get("max_connections", 40) <= 100:
        raise wrong("max_connections must be between 1 and 100")


def _commands(params: Params) -> None:
    _language(params)
    if len(params["commands"]) > 100:
        raise wrong("BOT_COMMANDS_TOO_MUCH")
    for command in params["commands"]:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", command["command"]):
            raise wrong("BOT_COMMAND_INVALID")
        if not 1 <= units(command["description"]) <= 256:
            raise wrong("BOT_COMMAND_DESCRIPTION_INVALID")


def _language(params: Params) -> None:
    if not re.fullmatch(r"([a-z]{2})?", params.get("language_code", "")):
        raise wrong("invalid language code specified")


def _described(field: str, longest: int) -> Callable[[Params], None]:
    def rule(params: Params) -> None:
        _language(params)
        if units(params.get(field, "")) > longest:
            raise wrong(f"the {field.replace('_', ' ')} is longer than {longest}")

    return rule


RULES: dict[str, Iterable[Callable[[Params], None]]] = {
    "sendMessage": (keyboard,),
    "sendPhoto": (keyboard,),
    "sendVoice": (keyboard,),
    "sendAudio": (keyboard,),
    "sendDocument": (keyboard,),
    "editMessageReplyMarkup": (keyboard,),
    "sendChatAction": (_action,),
    "answerCallbackQuery": (_callback_answer,),
    "setWebhook": (_webhook,),
    "setMyCommands": (_commands,),
    "setMyDescription": (_described("description", 512),),
    "setMyShortDescription": (_described("short_description", 120),),
}
