# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The scenes of which the guide has pictures open, in both languages.

Each leaves a picture beside the screenshots of tours; ``script/pictures`` takes these
into ``docs/pictures``.
"""

import base64
from pathlib import Path
from typing import NamedTuple
from unittest.mock import patch

from odoo.tests import HttpCase, tagged
from odoo.tests.common import ChromeBrowser
from odoo.tools import config

ADDON = "odoo_iso10003"
LANGUAGES = {"en_US": "", "fa_IR": ".fa"}
# all is shown, and what is read when it is seen was read
SETTLED = """
const settle = () => {
    if (odoo.isReady && document.querySelector("%s") &&
        !document.querySelector(".o_loading_indicator, .o_view_sample_data")) {
        setTimeout(() => console.log("test successful"), 1500);
    } else {
        setTimeout(settle, 100);
    }
};
settle();
"""


class Scene(NamedTuple):
    login: str
    action: str
    selector: str
    # of the demo, where it is a form
    record: str = ""


SCENES = {
    "today": Scene("leila", "today_action", ".o_iso10003_today h2"),
    "dispute": Scene("leila", "dispute_action", ".o_form_view", "dispute_warranty"),
    "policy": Scene("nasrin", "policy_action", ".o_form_view", "demo_policy"),
    "referral": Scene("darya", "referral_action", ".o_form_view", "referral_flood"),
    "readiness": Scene(
        "nasrin", "assessment_action", ".o_form_view", "assessment_today"
    ),
    "audits": Scene(
        "behnam", "audit_programme_action", ".o_form_view", "audit_programme"
    ),
    "first_steps": Scene("nasrin", "first_step_action", ".o_list_view .o_data_row"),
}


@tagged("-at_install", "post_install")
class TestScenes(HttpCase):
    browser_size = "1366x768"

    def test_each_scene_opens(self):
        for lang, suffix in LANGUAGES.items():
            for name, scene in SCENES.items():
                with self.subTest(scene=name, lang=lang):
                    picture = self._open(scene, lang, f"{name}{suffix}.png")
                    self.assertTrue(picture.startswith(b"\x89PNG"))

    def _open(self, scene, lang, file_name):
        user = self.env["res.users"].search([("login", "=", scene.login)])
        user.write({"lang": lang, "password": scene.login})
        url = f"/odoo/action-{ADDON}.{scene.action}"
        if scene.record:
            url += f"/{self.env.ref(f'{ADDON}.{scene.record}').id}"
        wait, kept = ChromeBrowser._wait_code_ok, []

        def wait_and_keep(browser, *args, **kwargs):
            wait(browser, *args, **kwargs)
            kept.append(self._keep(browser, file_name))

        with patch.object(ChromeBrowser, "_wait_code_ok", wait_and_keep):
            self.browser_js(url, SETTLED % scene.selector, login=scene.login)
        return kept[0]

    def _keep(self, browser, file_name):
        taken = browser._websocket_request("Page.captureScreenshot")["data"]
        picture = base64.b64decode(taken)
        folder = Path(config["screenshots"]) / "scenes"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / file_name).write_bytes(picture)
        return picture
