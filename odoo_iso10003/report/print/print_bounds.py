# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import functools
from urllib.parse import urljoin

import lxml.html

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import format_list

from ...core import bounds, pdf, press
from ...models.mixin.people_date import format_people_number

# records that a refusal names
NAMED = 3


class IrActionsReport(models.Model):
    """What a print may take, and how it is refused: by name, with what to shorten."""

    _inherit = "ir.actions.report"

    @api.model
    def _iso10003_limits(self):
        """Return the limits of one print job, as administrators set them."""
        # how long a print may take is no secret
        parameters = self.env["ir.config_parameter"].sudo()
        asked = {
            "seconds": parameters.get_param("odoo_iso10003.print_seconds"),
            "memory": parameters.get_param("odoo_iso10003.print_memory"),
        }
        return press.Limits(
            **{
                name: int(value)
                for name, value in asked.items()
                if str(value).isdecimal() and int(value)
            }
        )

    @api.model
    def _iso10003_print(self, documents, sheet, report):
        """Return the PDF of documents, made in a process of its own.

        :raises UserError: naming what asks for more than a print may take
        """
        for document in documents:
            try:
                bounds.check(
                    document.body,
                    lambda path: self._iso10003_resource(urljoin(pdf.BASE_URL, path)),
                )
            except bounds.BoundsError as error:
                raise self._iso10003_refusal(error, [document], report) from error
        fetch = functools.partial(
            self._iso10003_resource, appended=self._iso10003_appended(documents)
        )
        try:
            with press.job(self._iso10003_limits()) as printing:
                return printing.render(documents, sheet, fetch)
        except (bounds.BoundsError, press.PressError) as error:
            raise self._iso10003_refusal(error, documents, report) from error
        except pdf.PdfError as error:
            raise UserError(
                self.env._("The PDF could not be made. %(reason)s", reason=error)
            ) from error

    @api.model
    def _iso10003_appended(self, documents):
        """Return the addresses of the files that documents are followed by."""
        return {
            address
            for document in documents
            for address in lxml.html.document_fromstring(document.body).xpath(
                "//*[@id]/@data-append"
            )
        }

    @api.model
    def _iso10003_refusal(self, error, documents, report):
        """Return the error that tells the user what cannot be printed, and why."""
        return UserError(
            self.env._(
                "%(document)s cannot be printed: %(reason)s",
                document=self._iso10003_name(documents) or report.name,
                reason=self._iso10003_reason(error),
            )
        )

    @api.model
    def _iso10003_name(self, documents):
        """Return the names of the records that documents are about."""
        names = []
        for document in documents:
            body = lxml.html.document_fromstring(document.body)
            for article in body.xpath("//*[@data-oe-model and @data-oe-id]")[:1]:
                record = self.env[article.get("data-oe-model")].browse(
                    int(article.get("data-oe-id"))
                )
                names.append(record.display_name)
        if len(names) > NAMED:
            names = [*names[:NAMED], "…"]
        return format_list(self.env, names)

    @api.model
    def _iso10003_reason(self, error):
        """Return in words what is over its limit, and what to do about it."""
        if isinstance(error, bounds.BoundsError):
            return self._iso10003_bound_reasons()[error.code](
                text=self._iso10003_place(error),
                found=format_people_number(self.env, error.found),
                limit=format_people_number(self.env, error.limit),
            )
        limits = self._iso10003_limits()
        if error.code == "time":
            return self.env._(
                "it takes more than %(seconds)s seconds. Print fewer records at once, "
                "or move long texts and large pictures into attached files.",
                seconds=format_people_number(self.env, limits.seconds),
            )
        if error.code == "memory":
            return self.env._(
                "it takes more than %(memory)s MiB of memory. Print fewer records at "
                "once, or move long texts and large pictures into attached files.",
                memory=format_people_number(self.env, limits.memory),
            )
        return self.env._(
            "the process that prints has ended. Tell your administrator, who finds "
            "more in the server's log."
        )

    @api.model
    def _iso10003_place(self, error):
        """Return where it is, as people find it: the field and its first words."""
        label = error.label or self.env._("a text")
        return f"{label} (“{error.excerpt}…”)" if error.excerpt else label

    @api.model
    def _iso10003_bound_reasons(self):
        """Return a function for each code of :class:`.bounds.BoundsError`."""
        return {
            "word": lambda **of: self.env._(
                "in %(text)s, a word has %(found)s characters, more than %(limit)s. "
                "Shorten it.",
                **of,
            ),
            "depth": lambda **of: self.env._(
                "in %(text)s, lists, tables or quotations lie more than %(limit)s deep "
                "inside of each other. Write it as plain paragraphs.",
                **of,
            ),
            "span": lambda **of: self.env._(
                "in %(text)s, a cell of a table goes over %(found)s columns or rows, "
                "more than %(limit)s. Remove the table, or make it smaller.",
                **of,
            ),
            "pages": lambda **of: self.env._(
                "it would have about %(found)s pages, more than %(limit)s. Move long "
                "texts into attached files.",
                **of,
            ),
            "people_pages": lambda **of: self.env._(
                "%(text)s would take about %(found)s pages, more than %(limit)s. Move "
                "it into an attached file.",
                **of,
            ),
            "pixels": lambda **of: self.env._(
                "a picture in %(text)s has %(found)s pixels, more than %(limit)s. Make "
                "it smaller.",
                **of,
            ),
            "all_pixels": lambda **of: self.env._(
                "its pictures have %(found)s pixels together, more than %(limit)s. "
                "Make them smaller, or move them into attached files.",
                **of,
            ),
        }
