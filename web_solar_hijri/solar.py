# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What somebody wrote who counts in the solar Hijri calendar.

The same rules as in ``static/src/core/reading.js``. The year says which calendar is
meant: 1300 to 1499 is solar, 1700 and later is of the common era, and anything else
is not read at all.
"""

import datetime
import re

import jdatetime

FIRST_YEAR, LAST_YEAR = 1300, 1499
FIRST_COMMON_YEAR = 1700

# Persian and Arabic digits; letters that Arabic keyboards write where Persian has its
# own; marks of direction, and the joiner that separates without a space
_WRITTEN = {
    **{0x06F0 + digit: str(digit) for digit in range(10)},
    **{0x0660 + digit: str(digit) for digit in range(10)},
    ord("ي"): "ی",
    ord("ك"): "ک",
    0x00A0: " ",
    **dict.fromkeys(
        (0x061C, 0x200C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    ),
}
_PERSIAN_DIGITS = {ord("0") + digit: 0x06F0 + digit for digit in range(10)}
_MONTHS = {
    name.lower(): number
    for names in (jdatetime.date.j_months_fa, jdatetime.date.j_months_en)
    for number, name in enumerate(names, 1)
}
_DATE = re.compile(
    r"""
    (?: (?P<y1>\d{4}) (?P<s1>[-/.]) (?P<m1>\d{1,2}) (?P=s1) (?P<d1>\d{1,2})
      | (?P<d2>\d{1,2}) (?P<s2>[-/.]) (?P<m2>\d{1,2}) (?P=s2) (?P<y2>\d{4})
      | (?P<d3>\d{1,2}) [ ] (?P<name>[^\W\d_]+) (?:[ ]ماه)?
        (?: [ ]?[،, ] [ ]? (?P<y3>\d{4}))?
    )
    (?: (?:[ ]?[،,T ]) [ ]? (?:ساعت[ ])? (?P<time>\d{1,2}:\d{1,2}(?::\d{1,2})?)
        (?: [ ]? (?P<half>[ap]\.?m\.?|[قب]\.?ظ\.?|(?:قبل|بعد)[ ]?از[ ]?ظهر))? )?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def normalized(text):
    """Return the text with Latin digits and Persian letters, without what is unseen."""
    return " ".join(text.translate(_WRITTEN).split())


def is_solar(year):
    return FIRST_YEAR <= year <= LAST_YEAR


def month_name(month, lang):
    """Return the name of a solar month, as Persian or other languages have it."""
    names = (
        jdatetime.date.j_months_fa if is_persian(lang) else jdatetime.date.j_months_en
    )
    return names[month - 1]


def local_digits(text, lang):
    """Return the text with the digits of the language, if that is Persian."""
    return text.translate(_PERSIAN_DIGITS) if is_persian(lang) else text


def is_persian(lang):
    return (lang or "").startswith("fa")


def read(text, this_year=None):
    """Read a date, with or without a time of day.

    :param this_year: the solar year of a date that is written without one
    :return: a datetime without a time zone; ``None`` when it cannot be read
    """
    match = _DATE.fullmatch(normalized(text))
    if not match:
        return None
    found = match.groupdict()
    year = int(found["y1"] or found["y2"] or found["y3"] or this_year or 0)
    day = int(found["d1"] or found["d2"] or found["d3"])
    month = int(found["m1"] or found["m2"] or _month_named(found["name"]))
    try:
        if is_solar(year):
            date = jdatetime.date(year, month, day).togregorian()
        elif found["y1"] and year >= FIRST_COMMON_YEAR:
            date = datetime.date(year, month, day)
        else:
            return None
        return datetime.datetime.combine(date, _time(found["time"], found["half"]))
    except ValueError:
        return None


def _month_named(name):
    return _MONTHS.get(name.lower()) or _MONTHS.get(name.removesuffix("ماه"), 0)


def _time(text, half):
    if not text:
        return datetime.time()
    hour, *rest = map(int, text.split(":"))
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(text)
        hour = hour % 12 + (12 if half[0] in "pPب" else 0)
    return datetime.time(hour, *rest)


def read_number(text, decimal_point="."):
    """Return a number that may be written the Persian way as one that Odoo reads.

    :raises ValueError: if its thousands are not separated as thousands are
    """
    text = normalized(text).replace("٪", "%").replace("−", "-")
    if re.search("[٬،]", text):
        if not re.fullmatch(r"\D*?\d{1,3}(?:[٬،]\d{3})+(?:[٫.]\d+)?\D*", text):
            raise ValueError(text)
        text = re.sub("[٬،]", "", text)
    return text.replace("٫", decimal_point)


_NUMBER = re.compile(r"[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")


def to_number(text, kind):
    """Return the number that a program sent as a text, for a field of that type.

    :param kind: ``integer``, ``float`` or ``monetary``
    :raises ValueError: if it is none; nothing is 0, as in Odoo
    """
    written = read_number(text)
    if not written:
        return 0
    if not _NUMBER.fullmatch(written):
        raise ValueError(text)
    return int(written) if kind == "integer" else float(written)
