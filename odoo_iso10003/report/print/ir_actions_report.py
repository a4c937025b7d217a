# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from collections import OrderedDict
from contextlib import suppress
from urllib.parse import urlsplit

import lxml.html

from odoo import api, models
from odoo.exceptions import AccessError, MissingError, UserError
from odoo.http import root
from odoo.tools.mimetypes import guess_mimetype

from ...core import bounds, pdf, press

ATTACHED_PICTURE = re.compile(r"/web/image/(\d+)\b")
APPENDED_FILE = re.compile(r"/web/content/(\d+)\Z")


class IrActionsReport(models.Model):
    """Print the reports of this product without wkhtmltopdf.

    The reports themselves are ordinary QWeb reports on Odoo's layouts; only who
    turns the HTML into PDF differs. Without WeasyPrint, Odoo's own engine does.
    """

    _inherit = "ir.actions.report"

    def _uses_iso10003_engine(self):
        """Say whether WeasyPrint prints this report; other modules' stay alone."""
        self.ensure_one()
        # which report it is, is no secret to who prints it
        name = self.sudo().report_name
        return name.startswith("odoo_iso10003.") and pdf.is_available()

    @api.model
    @api.readonly
    def uses_iso10003_engine(self, report_name):
        """Tell the web client whether ``report_name`` prints without wkhtmltopdf."""
        report = self._get_report_from_name(report_name)
        return bool(report) and report._uses_iso10003_engine()

    @api.model
    def get_wkhtmltopdf_state(self):
        # Odoo asks for all reports at once (an empty recordset); only the printing
        # below asks for one of ours.
        if len(self) == 1 and self._uses_iso10003_engine():
            return "ok"
        return super().get_wkhtmltopdf_state()

    def _render_qweb_pdf_prepare_streams(self, report_ref, data, res_ids=None):
        report = self._get_report(report_ref).sudo(False).with_env(self.env)
        if not report._uses_iso10003_engine():
            return super()._render_qweb_pdf_prepare_streams(report_ref, data, res_ids)
        with press.job(self._iso10003_limits()) as printing:
            with suppress(press.PressError):  # who prints with it is told
                printing.start()
            return report._iso10003_prepare_streams(report_ref, data, res_ids)

    def _iso10003_prepare_streams(self, report_ref, data, res_ids):
        prepare = super()._render_qweb_pdf_prepare_streams
        one_by_one = dict.fromkeys(res_ids or ())
        # whether documents are kept is no secret to who prints them
        kept = self.sudo().attachment
        if not kept or len(one_by_one) != len(res_ids or ()):
            return prepare(report_ref, data, res_ids)
        # Each document is kept as an attachment of its own. Odoo would print all at
        # once and cut the result at marks that only wkhtmltopdf leaves.
        streams = OrderedDict()
        for res_id in one_by_one:
            streams.update(prepare(report_ref, dict(data or {}), [res_id]))
        return streams

    @api.model
    def _run_wkhtmltopdf(
        self,
        bodies,
        report_ref=False,
        header=None,
        footer=None,
        landscape=False,
        specific_paperformat_args=None,
        set_viewport_size=False,
    ):
        report = self._get_report(report_ref) if report_ref else self
        if len(report) != 1 or not report._uses_iso10003_engine():
            return super()._run_wkhtmltopdf(
                bodies,
                report_ref=report_ref,
                header=header,
                footer=footer,
                landscape=landscape,
                specific_paperformat_args=specific_paperformat_args,
                set_viewport_size=set_viewport_size,
            )
        if not any(str(body).strip() for body in bodies):
            raise UserError(self.env._("There is nothing to print."))
        headers = self._iso10003_fragments(header, "header")
        footers = self._iso10003_fragments(footer, "footer")
        documents = [
            self._iso10003_document(
                str(body),
                headers[index] if index < len(headers) else "",
                footers[index] if index < len(footers) else "",
                report.name,
            )
            for index, body in enumerate(bodies)
        ]
        sheet = self._iso10003_sheet(
            report.get_paperformat(), landscape, specific_paperformat_args or {}
        )
        return self._iso10003_print(documents, sheet, report)

    @api.model
    def _iso10003_fragments(self, html, kind):
        """Return the headers or footers that Odoo collected, one for each body."""
        if not html:
            return []
        found = lxml.html.document_fromstring(str(html)).xpath(
            f"//*[@id='minimal_layout_report_{kind}s']/*"
        )
        return [lxml.html.tostring(node, encoding="unicode") for node in found]

    @api.model
    def _iso10003_document(self, body, header, footer, title):
        """Return what the engine wants to know of one of Odoo's bodies."""
        found = lxml.html.document_fromstring(body).xpath("//@data-oe-lang")
        code = found[0] if found else self.env.lang or self.env.user.lang or "en_US"
        lang = self.env["res.lang"]._get_data(code=code)
        return pdf.Document(
            body,
            header=header,
            footer=footer,
            language=code.replace("_", "-"),
            rtl=lang.direction == "rtl",
            title=title,
        )

    @api.model
    def _iso10003_sheet(self, paperformat, landscape, arguments):
        """Return the paper of ``paperformat``, with what a template overrides."""
        width, height = paperformat.print_page_width, paperformat.print_page_height
        if landscape or arguments.get("data-report-landscape"):
            width, height = max(width, height), min(width, height)
        return pdf.Sheet(
            size=f"{width:g}mm {height:g}mm",
            top=float(arguments.get("data-report-margin-top", paperformat.margin_top)),
            right=paperformat.margin_right,
            bottom=float(
                arguments.get("data-report-margin-bottom", paperformat.margin_bottom)
            ),
            left=paperformat.margin_left,
        )

    @api.model
    def _iso10003_resource(self, url, appended=()):
        """Return content and MIME type of what a report refers to, or None.

        Style sheets, files of modules and attached pictures, read where they are and
        with the reader's rights: a document asks no server, not even this one.

        :param appended: addresses of the files that the report appends; no others are
            handed out whatever they are
        """
        parts = urlsplit(url)
        own_hosts = {
            urlsplit(base).netloc for base in (pdf.BASE_URL, self.get_base_url())
        }
        if parts.netloc not in own_hosts or ".." in parts.path:
            return None
        if parts.path.startswith("/web/assets/"):
            return self._iso10003_asset(parts.path), "text/css"
        if picture := ATTACHED_PICTURE.match(parts.path):
            return self._iso10003_picture(int(picture[1]))
        if parts.path in appended and (file := APPENDED_FILE.match(parts.path)):
            return self._iso10003_attached(int(file[1]))
        if filename := root.get_static_file(parts.path):
            with open(filename, "rb") as file:
                content = file.read()
            return content, guess_mimetype(content)
        return None

    @api.model
    def _iso10003_asset(self, path):
        """Return the style sheet of a bundle, made now if nobody asked for it yet."""
        name, rtl, _kind, autoprefix = self.env["ir.asset"]._parse_bundle_name(
            path.rpartition("/")[2], debug_assets=False
        )
        bundle = self.env["ir.qweb"]._get_asset_bundle(
            name, js=False, rtl=rtl, autoprefix=autoprefix
        )
        return bundle.css().raw

    @api.model
    def _iso10003_picture(self, attachment_id):
        """Return an attached picture, and None for any other file."""
        found = self._iso10003_attached(attachment_id)
        return found if found and bounds.check_picture(found[0]) else None

    @api.model
    def _iso10003_attached(self, attachment_id):
        try:
            attachment = self.env["ir.binary"]._find_record(res_id=attachment_id)
            return attachment.raw, attachment.mimetype
        except (AccessError, MissingError):
            return None
