# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.i18n import format_list


class Deeds(models.AbstractModel):
    """Dates of events that deeds write, and nobody types.

    A letter that is sent writes the date of what it tells (:meth:`_happen_by`). Where
    the deed happened elsewhere, a person records the bare date with the reason and, if
    there is one, the scan (:meth:`action_record_event`); such an event is noted in
    ``bare_events``, a guarded field of a kind with such dates, until a deed shows it.
    To correct a date is a deed with a reason.
    """

    _inherit = "iso10003.timed"

    @api.model
    def _get_deed_dates(self):
        """Return ``{event: field}`` of the dates that only deeds write."""
        return {}

    # ------------------------------------------------------------
    # It happened by a letter
    # ------------------------------------------------------------

    def _happen_by(self, event, letter):
        """The letter's day is that of the event, where it has not happened before."""
        name = self._get_deadline_events()[event]
        if self._is_frozen():
            return
        if event not in self._get_deed_dates():
            if not self[name]:
                self.write({name: letter.sent_date})
        elif not self[name]:
            bare = letter.channel == "elsewhere"  # its text is not on the file
            self._write_event(event, letter.sent_date, bare=bare)
            self._register_happened(event, letter.sent_date, letter=letter.id)
        elif (
            self[name] == letter.sent_date
            and self._is_bare(event)
            and letter.channel != "elsewhere"
        ):
            self._guarded_write({"bare_events": self._note_bare(event, False)})
            self._register_happened(event, letter.sent_date, letter=letter.id)

    # ------------------------------------------------------------
    # It happened elsewhere
    # ------------------------------------------------------------

    def action_record_event(
        self, event, date=None, reason=None, scan=None, scan_name=None
    ):
        """Record or correct when an event happened of which there is no letter here.

        :param event: what happened, of those of :meth:`_get_deed_dates`
        :param date: the day; none takes back what was recorded by mistake
        :param reason: where and how it happened, or how the wrong day came about;
            kept in the register
        :param scan: what shows it, as base64; it is attached to the file
        :param scan_name: the name of that file
        :raises UserError: when nobody records such an event, without a reason, on a
            closed file, or when the day cannot be
        """
        name = self._check_recordable(event)
        for case in self:
            case.check_access("write")
            case._check_not_frozen()
            case._need_reason(reason)
            case._check_given(name, date)
            case._lock()
            case._record_event(
                event, fields.Date.to_date(date), reason, scan, scan_name
            )
        return True

    @api.model
    def _check_recordable(self, event):
        dates = self._get_deed_dates()
        if not isinstance(event, str) or event not in dates:
            labels = self.fields_get(list(dates.values()), ["string"])
            raise UserError(
                self.env._(
                    "“%(event)s” is not recorded like this. What can be: %(events)s.",
                    event=event,
                    events=format_list(
                        self.env,
                        [
                            f"{code} ({labels[name]['string']})"
                            for code, name in dates.items()
                        ],
                    ),
                )
            )
        return dates[event]

    def _record_event(self, event, day, reason, scan, scan_name):
        former = self[self._get_deed_dates()[event]]
        shown = self._attach_scan(scan, scan_name)
        if (day or False) == former and not shown:
            return
        self._say_reason(reason)
        self._write_event(event, day, bare=bool(day))
        self._register_happened(event, day, former, reason, **shown)

    def _attach_scan(self, scan, scan_name):
        """Attach what shows that it happened, and return what is sealed of it."""
        if not scan:
            return {}
        digest = self._digest_document(scan)
        self.env["ir.attachment"].create(
            {
                "name": scan_name or self.env._("Scan"),
                "datas": scan,
                "res_model": self._name,
                "res_id": self.id,
            }
        )
        return {"scan": digest}

    # ------------------------------------------------------------
    # What is kept
    # ------------------------------------------------------------

    def _write_event(self, event, day, bare):
        self._guarded_write(
            {
                self._get_deed_dates()[event]: day,
                "bare_events": self._note_bare(event, bare),
            }
        )

    def _register_happened(self, event, day, former=None, reason=None, **data):
        self._register_event(
            "happened",
            {
                "event": event,
                "from": former.isoformat() if former else None,
                "to": day.isoformat() if day else None,
                **data,
            },
            reason,
        )

    def _is_bare(self, event):
        """Return whether the date of an event rests on somebody's word alone."""
        return event in (self.bare_events or "").split()

    def _note_bare(self, event, bare):
        codes = set((self.bare_events or "").split()) - {event}
        return " ".join(sorted(codes | ({event} if bare else set()))) or False

    @api.model
    def _get_bare_domain(self, event):
        """Return the files on which an event rests on somebody's word alone."""
        others = [code for code in self._get_deed_dates() if event in code]
        assert others == [event], "no code is part of another"
        return [("bare_events", "like", event)]

    # ------------------------------------------------------------
    # Import
    # ------------------------------------------------------------

    def _load_records(self, data_list, update=False, **kwargs):
        """Dates in columns beside a reason are recorded as by a person."""
        if not (dates := self._get_deed_dates()):
            return super()._load_records(data_list, update, **kwargs)
        # a copy: rows of which one is refused are given once more, one by one
        data_list = [{**data, "values": dict(data["values"])} for data in data_list]
        given = [
            (
                data["values"].pop("dates_reason", None),
                {event: data["values"].pop(dates[event], None) for event in dates},
                update and data.get("noupdate"),
            )
            for data in data_list
        ]
        cases = super()._load_records(data_list, update, **kwargs)
        for case, (reason, days, kept) in zip(cases, given, strict=True):
            for event, day in days.items():
                if day and not kept:
                    case.action_record_event(event, day, reason)
        return cases
