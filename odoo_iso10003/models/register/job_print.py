# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import time
import zipfile

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.http import request

from ..mixin.people_date import format_people_number

# documents that a request prints within ten seconds
AT_ONCE = 10
# a step goes on to the next document as long as it took less
STEP_SECONDS = 5
# refused documents that are named
NAMED = 50
# characters of a name that a file is called by
LONGEST = 100
# after which what was printed is removed; it can be printed again
KEPT = relativedelta(days=7)


class JobPrint(models.Model):
    """Many documents printed in the background, each a PDF of its own.

    They are printed with the rights of who asked, who alone reads them. One that is
    refused is named, and the others are printed all the same.
    """

    _inherit = "iso10003.job"

    def _step_print(self):
        place = self.place
        reports = self._as_who_asked("ir.actions.report").with_context(
            **place["context"]
        )
        # Odoo hands it out with all rights
        report = reports._get_report(place["report"]).sudo(False)
        left = place["ids"][self.done :]
        if not left:
            return {"count": self.done, "refused": place["refused"]}
        begun, printed = time.monotonic(), {}
        for number, res_id in enumerate(left, self.done + 1):
            try:
                with self.env.cr.savepoint():
                    record = report.env[report.sudo().model].browse(res_id)
                    # as it stands by now, whatever was read before
                    record.check_access("read")
                    name = f"{number:04d} {record.display_name[:LONGEST]}.pdf"
                    name = name.replace("/", "-")
                    printed[name] = report._render_qweb_pdf(report, [res_id])[0]
            except UserError as error:
                place["refused"].append(str(error))
            if time.monotonic() - begun >= STEP_SECONDS:
                break
        if printed:
            self._attach(f"{self.done + 1:04d}-{number:04d}.zip", self._pack(printed))
        self._move_on(place, number - self.done)
        return None

    @api.model
    def _pack(self, contents):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in contents.items():
                archive.writestr(name, content)
        return packed.getvalue()

    def _tell_print(self, result):
        refused = result["refused"]
        told = [
            self.env._(
                "%(count)s documents are printed. They are removed after %(days)s "
                "days.",
                count=format_people_number(self.env, result["count"] - len(refused)),
                days=format_people_number(self.env, KEPT.days),
            ),
            *refused[:NAMED],
        ]
        if (more := len(refused) - NAMED) > 0:
            told.append(
                self.env._(
                    "%(count)s more documents were refused.",
                    count=format_people_number(self.env, more),
                )
            )
        return "\n".join(told)

    @api.autovacuum
    def _gc_prints(self):
        """Remove what was printed a while ago."""
        long_ago = self.search(
            [
                ("kind", "=", "print"),
                ("asked_date", "<", fields.Datetime.now() - KEPT),
                ("attachment_ids", "!=", False),
            ]
        )
        long_ago.attachment_ids.unlink()


class IrActionsReport(models.Model):
    """What takes longer than a request is printed in the background."""

    _inherit = "ir.actions.report"

    @api.model
    def ask_iso10003_print(self, report_name, res_ids):
        """Print many documents in the background, with the rights of who asks.

        :return: the action that shows how far it is, or nothing where they are few
            enough to be printed at once
        """
        report = self._get_report_from_name(report_name)
        if not report or not report.sudo(False)._prints_later(res_ids):
            return False
        records = self.env[report.model].browse(res_ids)
        records.check_access("read")
        place = {
            "report": report.report_name,
            "ids": records.ids,
            "refused": [],
            "context": {
                "lang": self.env.lang,
                "tz": self.env.tz,
                "allowed_company_ids": self.env.companies.ids,
            },
        }
        return self.env["iso10003.job"]._ask_once("print", place, len(records))._show()

    def _prints_later(self, res_ids):
        """Say whether these are too many documents, each with a name of its own."""
        named = self.sudo().print_report_name  # no secret to who prints
        return len(res_ids) > AT_ONCE and named and self._uses_iso10003_engine()

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref).sudo(False)
        if request and res_ids and report._prints_later(res_ids):
            raise UserError(
                self.env._(
                    "%(count)s documents take longer to print than a page waits for. "
                    "Print them from the list, which does it in the background, or "
                    "choose at most %(most)s.",
                    count=format_people_number(self.env, len(res_ids)),
                    most=format_people_number(self.env, AT_ONCE),
                )
            )
        return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
