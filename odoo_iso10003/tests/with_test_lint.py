# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What Odoo's own ``test_lint`` has to say of what is written here.

The app is no dependency and need not be installed; ``script/test --odoo-lint`` runs
this, X
"""

import re
from contextlib import contextmanager, suppress
from unittest.mock import patch

from odoo.modules import Manifest
from odoo.tests import BaseCase

from odoo.addons.test_lint.tests import (
    test_docstring,
    test_dunderinit,
    test_i18n,
    test_index,
    test_jstranslate,
    test_manifests,
    test_naming,
    test_onchange_domains,
    test_orm_import,
    test_override_signatures,
    test_pofile,
    test_routes,
    test_test_holes,
)

OURS = {"odoo_iso10003", "web_solar_hijri"}
# found by model and id together, for which there is an index (``_one_per_case``)
INDEXED_OTHERWISE = {"iso10003.file.res_id"}


class OfOurs:
    """A check of Odoo's that looks at the addons of this project only."""

    allow_inherited_tests_method = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        manifests = [one for name in OURS if (one := Manifest.for_addon(name))]
        cls.startClassPatcher(
            patch.object(Manifest, "all_addon_manifests", lambda: manifests)
        )


class TestDocstring(OfOurs, test_docstring.TestDocstring):
    pass


class TestInit(OfOurs, test_dunderinit.TestDunderinit):
    pass


class TestTranslatedProps(OfOurs, test_i18n.TestI18n):
    pass


class TestJsTranslations(OfOurs, test_jstranslate.TestJsTranslations):
    pass


class TestManifests(OfOurs, test_manifests.ManifestLinter):
    pass


class TestNaming(OfOurs, test_naming.TestNaming):
    pass


class TestOnchangeDomains(OfOurs, test_onchange_domains.TestOnchangeDomains):
    pass


class TestOrmImport(OfOurs, test_orm_import.TestDunderinit):
    pass


class TestPo(OfOurs, test_pofile.PotLinter):
    pass


class TestRoutes(OfOurs, test_routes.RoutesLinter):
    pass


class TestHoles(OfOurs, test_test_holes.TestTestHoles):
    pass


class TestIndex(OfOurs, test_index.TestIndex):
    def fail(self, msg=None):  # pylint: disable=missing-return
        """Fail for the fields of ours among those that are listed."""
        found = set(re.findall(r"^(\S+)\.(\w+) \(inverse of", msg, re.M))
        ours = {
            f"{model}.{name}"
            for model, name in found
            if self.env[model]._fields[name]._module in OURS
        }
        self.assertEqual(ours, INDEXED_OTHERWISE, "these want an index")


class TestOverrides(OfOurs, test_override_signatures.TestLintOverrideSignatures):
    @contextmanager
    def subTest(self, msg=None, **parameters):
        """Keep what is said of an override of ours."""
        said = () if parameters["module"] in OURS else (TypeError,)
        with super().subTest(msg, **parameters), suppress(*said):
            yield


class TestOfOurs(BaseCase):
    def test_what_is_of_another_module_is_not_asked(self):
        def raised(module):
            case = TestOverrides("test_lint_override_signature")
            with case.subTest(module=module):
                raise TypeError

        raised("mgmtsystem_audit")
        with self.assertRaises(TypeError):
            raised("odoo_iso10003")
