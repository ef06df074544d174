"""Updates read by the library: all but the plainest, which need none."""

from __future__ import annotations

from typing import Any

from telegram import Message, Update
from telegram.constants import ChatType

from bot.channels.telegram.faults import UNREADABLE
from bot.channels.updates import ASKED_FOR, Seen, attachments, meaning, plainly, pruned, whole, words
from bot.messages import Reading


def read_update(update: dict[str, Any]) -> Reading:
    """Reads one update, pushed or polled. Nothing that comes makes it raise."""
    seen = plainly(update)
    if seen is not None:
        return meaning(seen, ())
    return read_by_library(update)


def read_by_library(update: dict[str, Any]) -> Reading:
    if "update_id" not in update:
        return Reading(ignored="no update_id")
    kind = next((kind for kind in ASKED_FOR if kind in update), None)
    if kind is None:
        return Reading(ignored="".join(key for key in update if key != "update_id")[:40] or "nothing")
    try:
        parsed = Update.de_json({"update_id": whole(update["update_id"]), kind: pruned(kind, update[kind])})
        return meaning(_seen(kind, parsed), attachments(update[kind]))
    except UNREADABLE:
        return Reading(ignored="unreadable")


def _seen(kind: str, update: Update) -> Seen:
    chat, sender, query = update.effective_chat, update.effective_user, update.callback_query
    message = query.message if query else update.message or update.edited_message
    return Seen(
        kind,
        update.update_id,
        chat_id=whole(chat and chat.id),
        private=chat is not None and chat.type == ChatType.PRIVATE,
        language=words(sender and sender.language_code),
        first_name=words(sender and sender.first_name),
        from_bot=sender is not None and sender.is_bot,
        number=whole(message.message_id) if message else 0,
        text=(words(message.text) or words(message.caption)) if isinstance(message, Message) else "",
        query=words(query and query.id),
        data=words(query and query.data),
        status=words(update.my_chat_member and update.my_chat_member.new_chat_member.status),
    )
