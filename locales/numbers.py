"""Phone numbers as people write them."""

import re

_MOBILE = re.compile(r"\+316([0-57-9]\d{7})")


def spoken(number: str) -> str:
    """A number in E.164 as its owner writes it ("06 12345678"); short numbers as they are.

    A Dutch number is written without its country, as Dutch people do; any other with it ("+32 470 12 34 56").
    """
    if mobile := _MOBILE.fullmatch(number):  # most are; kept in no cache, for they are clients' own
        return f"06 {mobile[1]}"
    import phonenumbers  # noqa: PLC0415 (12 ms, and most conversations begin without a number)

    try:
        parsed = phonenumbers.parse(number, "NL")
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    dutch = parsed.country_code == 31
    form = phonenumbers.PhoneNumberFormat.NATIONAL if dutch else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)
