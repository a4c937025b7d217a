# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import TransactionCase

from ...models.mixin.people_amount import format_people_amount

SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{LEFT-TO-RIGHT MARK}-"


class TestPeopleAmount(TransactionCase):
    def write_amount(self, currency, amount, lang):
        currency = self.env.ref(f"base.{currency}")
        return format_people_amount(self.env, amount, currency, lang)

    def test_persian_readers_read_persian_digits_and_separators(self):
        for currency, amount, written in (
            ("IRR", 1250000000, f"۱٬۲۵۰٬۰۰۰٬۰۰۰{SPACE}﷼"),
            ("IRR", 0, f"۰{SPACE}﷼"),
            ("EUR", 1234.5, f"۱٬۲۳۴٫۵۰{SPACE}€"),
            ("EUR", 1234.0000001, f"۱٬۲۳۴{SPACE}€"),
            ("EUR", -12, f"{MINUS}۱۲{SPACE}€"),
        ):
            with self.subTest(currency=currency, amount=amount):
                self.assertEqual(self.write_amount(currency, amount, "fa_IR"), written)

    def test_others_read_what_odoo_writes(self):
        self.assertEqual(self.write_amount("USD", 1234.5, "en_US"), f"${SPACE}1,234.50")

    def test_the_widget_writes_an_amount_in_the_currency_of_its_record(self):
        page = self.env["ir.ui.view"].create(
            {
                "type": "qweb",
                "key": "odoo_iso10003.test_amount",
                "arch": """<t t-name="odoo_iso10003.test_amount">
                    <p t-field="o.amount_claimed"
                    t-options="{'widget': 'people_amount'}"/></t>""",
            }
        )
        dispute = self.env["iso10003.dispute"].new(
            {"amount_claimed": 1250, "currency_id": self.env.ref("base.IRR").id}
        )
        qweb = self.env["ir.qweb"].with_context(lang="fa_IR")
        written = qweb._render(page.id, {"o": dispute})
        self.assertIn(f"۱٬۲۵۰{SPACE}﷼", written)
