"""Phone numbers as people write them."""

from functools import lru_cache


@lru_cache(maxsize=256)
def spoken(number: str) -> str:
    """A number in E.164 as its owner writes it ("06 12345678"); short numbers as they are.

    A Dutch number is written without its country, as Dutch people do; any other with it ("+32 470 12 34 56").
    """
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
