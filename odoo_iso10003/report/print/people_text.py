# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re
from urllib.parse import parse_qs, urlsplit

from markupsafe import Markup

from odoo import api, models
from odoo.http import request

from odoo.addons.base.models.ir_qweb_fields import nl2br

from ...core import pdf, people_text

# models whose texts come from people: complainants, parties, colleagues
OF_PEOPLE = re.compile(r"iso10003\.|mgmtsystem\.|helpdesk\.ticket\Z")
ATTACHED = re.compile(r"/web/(?:image|content)/(\d+)(?:-[0-9a-zA-Z]+)?(?:[/?].*)?\Z")
SHOWN = {"image/png", "image/jpeg", "image/gif", "image/bmp"}


class IrQwebFieldPeopleText(models.AbstractModel):
    """QWeb widget ``people_text``: text of people on a page, in a mail, on the portal.

    All of it passes here (:func:`.people_text.clean`): as words, paragraphs, lists
    and tables, with the pictures that are attached to the very record and that the
    reader may read.
    """

    _name = "ir.qweb.field.people_text"
    _description = "QWeb Field Text of People"
    _inherit = ["ir.qweb.field"]

    @api.private
    @api.model
    def value_to_html(self, value, options):
        if not isinstance(value, Markup):
            return nl2br(value or "")
        return Markup(self._clean(value))

    @api.private
    @api.model
    def record_to_html(self, record, field_name, options):
        field, value = record._fields[field_name], record[field_name]
        if not value or field.type != "html":
            return value and self.value_to_html(value, options)
        return Markup(
            self._clean(
                value,
                label=field._description_string(self.env),
                find_picture=lambda address: self._find_picture(record, address),
            )
        )

    @api.model
    def _clean(self, value, **of_record):
        return people_text.clean(
            str(value),
            own_hosts=self._list_own_hosts(),
            missing=self.env._("[picture not shown]"),
            **of_record,
        )

    @api.model
    def _list_own_hosts(self):
        """Return the names under which this server is known."""
        addresses = [pdf.BASE_URL, self.env["ir.config_parameter"].get_base_url()]
        if request:
            addresses.append(request.httprequest.host_url)
        return {urlsplit(address).netloc for address in addresses}

    @api.model
    def _find_picture(self, record, address):
        """Return the address of a picture of the record itself, or None."""
        parts = urlsplit(address)
        found = ATTACHED.match(parts.path)
        if not found or (parts.netloc and parts.netloc not in self._list_own_hosts()):
            return None
        # with the rights with which the page reads the record, and no others
        attachment = record.env["ir.attachment"].browse(int(found[1])).exists()
        if (
            not attachment
            or not attachment.has_access("read")
            or (attachment.res_model, attachment.res_id)
            not in self._list_owners(record)
            or attachment.mimetype not in SHOWN
        ):
            return None
        shown = f"/web/image/{attachment.id}"
        token = parse_qs(parts.query).get("access_token", [None])[0]
        # a page opened by a link is read with all rights, its pictures by their own
        if record.env.su and token and token == attachment.access_token:
            return f"{shown}?access_token={token}"
        return shown

    @api.model
    def _list_owners(self, record):
        """Return of which records the pictures in a record's texts may be."""
        owners = [(record._name, record.id)]
        if record._name == "iso10003.dispute":
            # a dispute takes over the complaint's words, and the pictures in them
            owners.append(("helpdesk.ticket", record.ticket_id.id))
        return owners


class IrQwebFieldHtml(models.AbstractModel):
    """``t-field`` prints text of people as such, also where nobody thought of it."""

    _inherit = "ir.qweb.field.html"

    @api.model
    def record_to_html(self, record, field_name, options):
        if OF_PEOPLE.match(record._name):
            return self.env["ir.qweb.field.people_text"].record_to_html(
                record, field_name, options
            )
        return super().record_to_html(record, field_name, options)
