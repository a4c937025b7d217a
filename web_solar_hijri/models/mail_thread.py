# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import datetime

from odoo import models
from odoo.tools.misc import get_lang

from .. import writing


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    def message_notify(self, **kwargs):
        """Write the deadline above the mail of an activity as in the mail.

        Odoo writes it by ``strftime`` where nothing else can be called instead.
        """
        deadline = self.env.context.get("calendar_deadline")
        subtitles = kwargs.get("subtitles")
        # a text in its place came with a call from outside
        ours = isinstance(deadline, datetime.date)
        if ours and subtitles and self.env["res.users"].reads_solar():
            lang = get_lang(self.env)
            stock = deadline.strftime(lang.date_format)
            written = writing.write(deadline, lang.code) or stock
            kwargs["subtitles"] = [line.replace(stock, written) for line in subtitles]
        return super().message_notify(**kwargs)

    def _notify_by_email_prepare_rendering_context(
        self, message, msg_vals=False, model_description=False, **kwargs
    ):
        """Write dates that changed in the calendar of the mail's language."""
        lang_code = kwargs.get("force_email_lang") or self.env.lang
        reader = self.env.context.get("calendar_reader", False)
        record = self.with_context(
            calendar_reader=reader, calendar_written_in=lang_code or "en_US"
        )
        return super(MailThread, record)._notify_by_email_prepare_rendering_context(
            message, msg_vals, model_description, **kwargs
        )
