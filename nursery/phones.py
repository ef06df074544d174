"""Telephone numbers: as parents and office lists write them, to E.164, or refused with the reason."""

from __future__ import annotations

from phonenumbers import (
    NumberParseException,
    PhoneNumberFormat,
    PhoneNumberType,
    format_number,
    is_valid_number,
    number_type,
    parse,
)

from locales.sentences import D_, Refusal

DRAMA = "+447700900"
"""Ofcom keeps 07700 900000 to 900999 for drama; they ring nobody, and are not valid numbers."""

MOBILE = (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE)


class NotAMobile(Refusal):
    """The number can't be texted; the message says why."""


def mobile(written: str, *, test_numbers: bool = False) -> str:
    """The number in E.164. Raises NotAMobile with a reason staff can act on; numbers without a country are British."""
    try:
        number = parse(written, "GB")
    except NumberParseException:
        raise NotAMobile(D_("this is not a telephone number")) from None
    e164 = str(format_number(number, PhoneNumberFormat.E164))
    if e164.startswith(DRAMA) and len(e164) == 13:
        if test_numbers:
            return e164
        raise NotAMobile(D_("this is a number kept for films and tests (set TEST_NUMBERS to allow it)"))
    if number.extension or not is_valid_number(number):
        raise NotAMobile(D_("this number does not exist"))
    if number_type(number) not in MOBILE:
        raise NotAMobile(D_("this is not a mobile number, so it can't be texted"))
    return e164
