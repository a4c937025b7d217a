# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What belongs to a file is linked only to what belongs to the same one."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .one_of_each import OneOfEach


@tagged("post_install", "-at_install")
class TestLinksWithin(OneOfEach):
    def test_each_link_of_what_belongs_to_a_file(self):
        kind = self.registry["iso10003.within"]
        links = [
            (name, link)
            for name, model in sorted(self.registry.items())
            if issubclass(model, kind) and not model._abstract
            for link in self.env[name]._get_links_within()
        ]
        self.assertIn(("iso10003.position.line", "claim_id"), links)
        self.assertIn(("iso10003.proceeding", "claim_ids"), links)
        self.assertIn(("iso10003.result", "proceeding_id"), links)
        for name, link in links:
            with self.subTest(model=name, link=link):
                own = self._find_one(self.env[name])
                own._check_links_within()
                part = own.new(origin=own)
                part[link] = self._find_of_another(own, link)
                # where it belongs to, is what leads to its file
                if part._get_whole() == own._get_whole():
                    with self.assertRaises(ValidationError):
                        part._check_links_within()

    def _find_of_another(self, own, link):
        """Return what a link could lead to, of another file, or of none."""
        kind = self.env[own._fields[link].comodel_name]
        others = kind.search([]).filtered(lambda one: not own._belongs_together(one))
        return others[:1] or kind.new()
