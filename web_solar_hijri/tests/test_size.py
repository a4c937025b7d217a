# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, tagged

LIMIT = 30_000  # bytes that each page of the web client has to load


@tagged("post_install", "-at_install")
class TestSize(TransactionCase):
    def test_the_script_is_small(self):
        """As it is served: made into modules by Odoo, without what only people read.

        Not counted are the library that converts days, which is as it was published,
        and what is loaded with the first calendar or custom filter.
        """
        bundle = self.env["ir.qweb"]._get_asset_bundle(
            "web.assets_backend", css=False, js=True
        )
        sizes = {
            script.url: len(script.minify().encode())
            for script in bundle.javascripts
            if (script.url or "").startswith("/web_solar_hijri/static/src/")
        }
        self.assertGreater(len(sizes), 5)
        self.assertLessEqual(sum(sizes.values()), LIMIT, sizes)
