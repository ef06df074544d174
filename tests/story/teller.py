"""Tells a diary: who wrote what and what staff did, day by day; between its entries time goes by.

    == Mon 4 Jan 2027
    # A line for whoever reads it.
    09:05 Amina: [opens the letter]
          Amina hears: Welcome to Little Acorns
    10:30 Helen$ notice --to "room:Butterflies" --text "Wellies, please"
          Farah hears nothing

Who writes does so on their own channel (`Amina by SMS:` on the other): words, `[tap 2]` the second choice of their last
message that had any, `[tap 2 on WORDS]` of the last with these words, `[photo] words`, `[voice]`, `[opens the letter]`,
`[sends the code]`, `[blocks us]`, `[lets us in]`. `hears` looks at all that came since the entry's hour, or, where
it has an hour of its own, since the entry before; `...` stands for any words.
"""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time

from nursery.settings import ENGLAND
from tests.cast import CAST
from tests.providers import updates
from tests.story.letters import Letter
from tests.story.nursery import SOON, Nursery

DAY = re.compile(r"^== (\w{3} \d{1,2} \w{3} \d{4})$")
ENTRY = re.compile(
    r"^(?:(?P<hour>\d\d:\d\d) )?(?P<who>[A-Z]\w+)(?P<sms> by SMS)?(?P<mark>:|\$| hears:| hears nothing) ?(?P<words>.*)$"
)
TAP = re.compile(r"^\[tap (\d+)(?: on (.+))?\]$")
MEDIA = re.compile(r"^\[(photo|voice)\] ?(.*)$")
PICTURE = b"\xff\xd8\xff\xe0" + b"a child's picture" * 4


@dataclass(frozen=True, slots=True)
class Written:
    """What one of the cast wrote or did."""

    at: datetime
    who: str
    words: str
    after: int = 0
    """How many letters there were by then."""


class Otherwise(Exception):
    """Something did not go as the diary says; the message is what happened."""


@dataclass
class Teller:
    """Carries out a diary's lines, one after the other."""

    nursery: Nursery
    day: date = date.min
    since: int = 0
    """How many letters there were when the present entry began."""
    written: list[Written] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    otherwise: list[str] = field(default_factory=list)
    """What did not go as the diary says."""

    async def tell(self, diary: str) -> None:
        for number, line in enumerate(diary.splitlines(), start=1):
            try:
                await self._line(line.strip())
            except Otherwise as other:
                self.otherwise.append(f"{self.day:%a %d %b}, line {number}: {line.strip()}\n    {other}")

    async def _line(self, line: str) -> None:
        if not line or line.startswith("#"):
            return
        if found := DAY.match(line):
            self.day = datetime.strptime(found[1], "%a %d %b %Y").date()  # noqa: DTZ007
            assert self.day.strftime("%a") == found[1][:3], f"{found[1]} is a {self.day:%A}"
            return
        entry = ENTRY.match(line)
        assert entry is not None, f"not a line of a diary: {line}"
        before = len(self.nursery.letters)
        if entry["hour"]:
            await self._pass(time.fromisoformat(entry["hour"]))
            self.since = before if "hears" in entry["mark"] else len(self.nursery.letters)
        await self._do(entry["who"], entry["mark"], entry["words"], by_sms=bool(entry["sms"]))

    async def _pass(self, hour: time) -> None:
        moment = datetime.combine(self.day, hour, ENGLAND).astimezone(UTC)
        assert moment >= self.nursery.clock.now, f"a diary goes forward: {moment} is before {self.nursery.clock.now}"
        await self.nursery.until(moment)

    async def _do(self, who: str, mark: str, words: str, *, by_sms: bool) -> None:
        if mark == "$":
            printed, refused = await self.nursery.command(shlex.split(words))
            if refused:
                raise Otherwise(refused)
            if words.startswith("invite"):
                self.codes |= {one["guardian"].split()[0]: one["code"] for one in json.loads(printed)}
        elif mark == ":":
            self.written.append(Written(self.nursery.clock.now, who, words, len(self.nursery.letters)))
            await self._say(who, words, "sms" if by_sms else CAST[who].home)
            self.nursery.clock.now += SOON
        else:
            self._look(who, words, nothing=mark.endswith("nothing"))

    async def _say(self, who: str, words: str, channel: str) -> None:
        if channel == "sms":
            await self._text(who, words)
        else:
            await self.nursery.writes(self._update(who, words))

    async def _text(self, who: str, words: str) -> None:
        number = CAST[who].phone
        if tap := TAP.match(words):
            await self.nursery.texts(number, tap[1])
        elif media := MEDIA.match(words):
            kind = "image/jpeg" if media[1] == "photo" else "audio/ogg"
            await self.nursery.texts(number, media[2], [(kind, PICTURE)])
        else:
            await self.nursery.texts(number, self.codes[who] if words == "[sends the code]" else words)

    def _update(self, who: str, words: str) -> updates.Update:
        chat = int(CAST[who].chat)
        if tap := TAP.match(words):
            shown = self._shown(who, tap[2] or "")
            return updates.tap(chat, shown.buttons[int(tap[1]) - 1][1], int(shown.number), first_name=who)
        if media := MEDIA.match(words):
            self.nursery.telegram.files[f"file-{len(self.written)}"] = PICTURE
            file = f"file-{len(self.written)}"
            if media[1] == "voice":
                return updates.voice(chat, file_id=file, first_name=who)
            return updates.photo(chat, caption=media[2] or None, file_id=file, first_name=who)
        match words:
            case "[opens the letter]":
                return updates.start(chat, self.codes[who].replace("-", ""), first_name=who)
            case "[sends the code]":
                return updates.text_update(chat, self.codes[who], first_name=who)
            case "[blocks us]":
                return updates.blocked(chat, first_name=who)
            case "[lets us in]":
                return updates.unblocked(chat, first_name=who)
        return updates.text_update(chat, words, first_name=who)

    def _shown(self, who: str, words: str) -> Letter:
        found = [one for one in self.nursery.letters if one.who == who and one.buttons and words in one.text]
        if not found:
            raise Otherwise(f"{who} has no message with buttons and {words!r}")
        return found[-1]

    def _look(self, who: str, words: str, *, nothing: bool) -> None:
        came = [one.whole for one in self.nursery.letters[self.since :] if one.who == who]
        wanted = "$." if nothing else ".*".join(re.escape(part.strip()) for part in words.split("..."))
        if bool(came) if nothing else not any(re.search(wanted, one, re.DOTALL) for one in came):
            raise Otherwise(f"{who} heard {came}")
