# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import binascii
import hashlib
from datetime import datetime, timedelta
from textwrap import shorten

import pytz

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...core import paper, solar_hijri
from .cached import kept
from .people_date import format_people_number

ADDON = "odoo_iso10003"
PREFIX = "iso10003."
FIRST_YEAR, LAST_YEAR = 1900, 2199
# who writes after midnight elsewhere, or by a clock that is fast, is believed
GRACE = timedelta(days=1)
# marks of other mixins that a mixin's fields may carry
MARKS = {"guarded", "fixed", "sealed"}
# how many digits before the decimal point each kind of number holds to the last one
DIGITS = {"integer": 9, "float": 15, "monetary": 15}


def is_number(field, value):
    """Return whether a value is a number that its field can keep to the last digit.

    What is neither finite nor a number at all, Odoo and PostgreSQL answer with an
    error of the server; an integer may also be given as the record it is the id of.
    """
    if field.type == "integer" and isinstance(value, dict):
        return True
    read = int if field.type == "integer" else float
    try:
        return abs(read(value or 0)) < 10 ** DIGITS[field.type]
    except (TypeError, ValueError, OverflowError):
        return False


def is_typed(field):
    """Return whether a stored field of this product is written, not computed."""
    return bool(
        ADDON in field._modules
        and field.name not in models.MAGIC_COLUMNS
        and field.store
        and not field.related
        and not (field.compute and field.readonly)
    )


def is_plausible(field):
    """Return whether values of a field are looked at when they are given.

    All typed dates are, and the numbers that say what they can be.
    """
    return is_typed(field) and (
        field.type in ("date", "datetime") or hasattr(field, "most")
    )


class Base(models.AbstractModel):
    """Dates and numbers of this product that can be true.

    Whoever gives them, by form, import or RPC: each date lies between 1900 and
    2199. Mark the date of a deed with ``deed=True``: it has happened, so it is not in
    the future, by the company's day and one more. Say of a number what it can be,
    with ``least=`` and ``most=``: it becomes a date or a loop somewhere.

    Asked when a value is given; what was there before is listed for managers
    (``iso10003.implausible``) and never rewritten.
    """

    _inherit = "base"

    def _valid_field_parameter(self, field, name):
        # of what a mixin brings, the models that inherit it are asked
        marks = {"deed", "least", "most"} | (MARKS if self._abstract else set())
        return name in marks or super()._valid_field_parameter(field, name)

    @api.model
    @kept(cache="stable")
    def _get_plausible_fields(self):
        return frozenset(
            name for name, field in self._fields.items() if is_plausible(field)
        )

    def _validate_fields(self, field_names, excluded_names=()):
        field_names = set(field_names)
        for name in sorted(field_names & self._get_plausible_fields()):
            self._check_plausible(self._fields[name])
        return super()._validate_fields(field_names, excluded_names)

    # ------------------------------------------------------------
    # Numbers that are none
    # ------------------------------------------------------------

    @api.model
    @kept(cache="stable")
    def _get_numbers(self):
        """Return the names of the numbers of this product."""
        ours = self._name.startswith(PREFIX)
        return frozenset(
            name
            for name, field in self._fields.items()
            if field.type in DIGITS
            and name not in models.MAGIC_COLUMNS
            and (ours or ADDON in field._modules)
        )

    def onchange(self, values, field_names, fields_spec):
        self._refuse_no_numbers(values)
        return super().onchange(values, field_names, fields_spec)

    def _refuse_no_numbers(self, vals):
        """Refuse what is no number that can be kept, before Odoo stumbles over it."""
        for name in self._get_numbers() & vals.keys():
            field, value = self._fields[name], vals[name]
            if not is_number(field, value):
                self._refuse_no_number(field, value)

    def _refuse_no_defaults(self, names):
        """Refuse what a context gives for a new record and is no number."""
        given = self.env.context
        self._refuse_no_numbers(
            {
                name: given[f"default_{name}"]
                for name in names
                if f"default_{name}" in given
            }
        )

    def _refuse_no_number(self, field, value):
        label = self.env["ir.model.fields"]._get(self._name, field.name)
        raise ValidationError(
            self.env._(
                "%(record)s, %(field)s: “%(value)s” is no number that can be kept. "
                "Give one of at most %(digits)s digits.",
                record=self._name_for_reader(),
                field=label.field_description,
                value=shorten(str(value), 40),
                digits=format_people_number(self.env, DIGITS[field.type]),
            )
        )

    def _name_for_reader(self):
        """Return the model, and of its records those that their reader may read."""
        model = self.env["ir.model"]._get(self._name).name
        names = self._filtered_access("read")[:5].mapped("display_name")
        return " ".join([model, ", ".join(filter(None, names))]).rstrip()

    # ------------------------------------------------------------
    # Words that are none
    # ------------------------------------------------------------

    @api.model
    def _is_said(self, text):
        """Return whether a method was given some words.

        :raises ValidationError: when it was given what is no text, or cannot be kept
        """
        if text and (not isinstance(text, str) or "\0" in text):
            raise ValidationError(
                self.env._(
                    "“%(value)s” is no text that can be kept. Write it in words.",
                    value=shorten(str(text).replace("\0", " "), 40),
                )
            )
        return bool((text or "").strip())

    @api.model
    def _digest_document(self, document, name=""):
        """Return the SHA-256 of a document as forms and RPC give it, or nothing.

        :param document: its content, in base64
        :param name: of the file, as people gave it
        :raises ValidationError: when it was given what is no document, or one that is
            not put on record: a program, too large, or not what its name says
        """
        if not document:
            return False
        try:
            if len(document) * 3 // 4 > paper.MAX_BYTES + paper.MEBIBYTE:
                raise self._refuse_paper("large", name)  # before it is unpacked
            content = base64.b64decode(document, validate=True)
        except (binascii.Error, ValueError, TypeError):
            raise ValidationError(
                self.env._("What came as the document is no file. Attach it again.")
            ) from None
        if fault := paper.find_fault(content, name):
            raise self._refuse_paper(fault, name)
        return hashlib.sha256(content).hexdigest()

    @api.model
    def _refuse_paper(self, fault, title):
        """Return the refusal of a file that cannot be put on record."""
        return ValidationError(
            f"“{title or self.env._('Document')}”: "
            + {
                "broken": self.env._("the file did not arrive whole. Choose it again."),
                "empty": self.env._("the file is empty. Choose the file itself."),
                "large": self.env._(
                    "the file is larger than %(size)s MB. Put it on file in parts, or "
                    "in a smaller format.",
                    size=format_people_number(
                        self.env, paper.MAX_BYTES // paper.MEBIBYTE
                    ),
                ),
                "run": self.env._(
                    "it is a program, which no document is. Put what it shows on file "
                    "as a PDF or a picture."
                ),
                "kind": self.env._(
                    "the file is not what the ending of its name says. Save it anew in "
                    "that format, or give it its own name."
                ),
            }[fault]
        )

    # ------------------------------------------------------------
    # Dates and numbers that cannot be true
    # ------------------------------------------------------------

    def _check_plausible(self, field):
        for record in self.sudo():  # what is wrong is told, not what else is there
            record._check_given(field.name, record[field.name])

    def _check_given(self, name, value):
        """Refuse a value for a field that cannot be true, before it is worked with.

        :param value: as the field has it; dates also as text
        """
        field = self._fields[name]
        if field.type in ("date", "datetime"):
            value = value and self._read_date(field, value)
        if why := self._find_implausible(field, value):
            label = self.env["ir.model.fields"]._get(self._name, name)
            raise ValidationError(
                self.env._(
                    "%(model)s, %(field)s: %(why)s",
                    model=self.env["ir.model"]._get(self._name).name,
                    field=label.field_description,
                    why=why,
                )
            )

    def _find_implausible(self, field, value):
        """Return in words why a value cannot be true, or nothing."""
        if field.type in ("date", "datetime"):
            return value and self._find_untrue_date(field, value)
        if field.least <= value <= field.most:
            return ""
        return self.env._(
            "%(value)s is not between %(least)s and %(most)s.",
            value=format_people_number(self.env, value),
            least=format_people_number(self.env, field.least),
            most=format_people_number(self.env, field.most),
        )

    def _read_date(self, field, value):
        """Return the date or the instant; methods take a day for an instant, too.

        :raises ValidationError: when a caller gives what is neither
        """
        is_day = len(str(value)) == len("2026-01-01")
        kind = fields.Date if is_day else fields.Datetime
        try:
            return (kind.to_date if is_day else kind.to_datetime)(value)
        except (TypeError, ValueError):
            label = self.env["ir.model.fields"]._get(self._name, field.name)
            raise ValidationError(
                self.env._(
                    "%(record)s, %(field)s: “%(value)s” is no date. Give the year, "
                    "the month and the day.",
                    record=self._name_for_reader(),
                    field=label.field_description,
                    value=shorten(str(value), 40),
                )
            ) from None

    def _find_untrue_date(self, field, value):
        day = value.date() if isinstance(value, datetime) else value
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            return self._tell_untrue_year(day)
        if not getattr(field, "deed", False):
            return ""
        if isinstance(value, datetime):
            ahead = value > fields.Datetime.now() + GRACE
        else:
            ahead = value > self._get_company_day() + GRACE
        return ahead and self.env._(
            "%(day)s is in the future; it says when something happened.",
            day=day.isoformat(),
        )

    def _tell_untrue_year(self, day):
        if meant := solar_hijri.read_as_solar(day):
            return self.env._(
                "%(day)s looks like a date of the solar Hijri calendar. Write "
                "%(meant)s.",
                day=day.isoformat(),
                meant=meant.isoformat(),
            )
        return self.env._(
            "%(day)s cannot be true. Give a date between the years %(first)s and "
            "%(last)s.",
            day=day.isoformat(),
            first=format_people_number(self.env, FIRST_YEAR),
            last=format_people_number(self.env, LAST_YEAR),
        )

    def _get_company_day(self, instant=None):
        """Return the date of an instant, of now at first, where the company works."""
        company = self.env.company
        if self._name == "res.company" and self:
            company = self
        elif "company_id" in self._fields and self.company_id:
            company = self.company_id
        zone = self.env["iso10003.deadline.rule"]._get_company_zone(company)
        instant = pytz.utc.localize(instant or fields.Datetime.now())
        return instant.astimezone(pytz.timezone(zone)).date()
