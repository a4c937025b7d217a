# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What ``script/test`` makes once, in the database that those of tests are copies of.

Tests find it there. Without it they make it themselves, and are only slower.
"""

from unittest.mock import patch

from .common import KEPT, DisputePeople

# what browsers and printed pages ask for; Odoo makes it when the first one does, and
# after each test it is gone again
BUNDLES = (
    "bus.websocket_worker_assets.min.js",
    "web.assets_emoji.min.js",
    "web.assets_tests.min.js",
    "web.assets_web.min.css",
    "web.assets_web.min.js",
    "web.assets_web.rtl.min.css",
    "web.assets_web_print.min.css",
    "web.assets_web_print.rtl.min.css",
    "web.report_assets_common.autoprefixed.min.css",
    "web.report_assets_common.rtl.autoprefixed.min.css",
    "web.report_assets_pdf.autoprefixed.min.css",
    "web.report_assets_pdf.rtl.autoprefixed.min.css",
)


def keep(env):
    keep_people(env)
    for name in BUNDLES:
        keep_bundle(env, name)


def keep_people(env):
    # in a shell, the context has the superuser's time zone
    DisputePeople.env = env(context={})
    DisputePeople._set_up_env()
    # what they sign is signed on the day of the tests, at any hour: see _set_up_people
    calendar = DisputePeople.company.resource_calendar_id
    zone, calendar.tz = calendar.tz, "UTC"
    # a hash that takes no time, as in Odoo's own test cases
    with patch("odoo.addons.base.models.res_users.MIN_ROUNDS", 1):
        people = DisputePeople._make_people()
    calendar.tz = zone
    env["ir.model.data"]._update_xmlids(
        [
            {"xml_id": f"{KEPT}.{name}", "record": record, "noupdate": True}
            for name, record in people.items()
        ]
    )


def keep_bundle(env, name):
    """Make what is at ``/web/assets/…/name``, as its controller does."""
    bundle, rtl, kind, autoprefix = env["ir.asset"]._parse_bundle_name(name, False)
    bundle = env["ir.qweb"]._get_asset_bundle(
        bundle, css=kind == "css", js=kind == "js", rtl=rtl, autoprefix=autoprefix
    )
    getattr(bundle, kind)()
