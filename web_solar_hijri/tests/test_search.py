# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Searching, in a database that ``script/test`` made as the README says."""

import random
import time
import unicodedata
from unittest.mock import patch

from odoo.tests import BaseCase, tagged
from odoo.tools import SQL
from odoo.tools.misc import remove_accents

from odoo.addons.web_solar_hijri import folding

from .common import SolarCase

# How names are written, and what finds each
FOUND = {
    "تعمیر یخچال": ("يخچال", "یخچال", "تعميريخچال"),
    "زهرا كاظمي": ("کاظمی", "كاظمي", "ﻛﺎظمی"),
    "دستگاه نمی‌کند": ("نمی کند", "نمیکند", "نمی‌کند", "نمي كند"),
    "کار نمیکند": ("نمی کند", "کارنمی‌کند", "کار "),
    "رؤیا احمدی": ("رویا", "رؤیا", "رويا"),
    "مسئول جزء": ("مسیول", "مسيول", "جز", "مسؤول", "مسئ", "مسئو"),
    "مسؤول شؤون": ("مسئول", "مسیول", "مَسؤول", "شئون"),
    "رَؤُوف": ("رئوف", "رؤوف", "ریوف"),
    "ویدئوی أحمد": ("ویدیو", "احمد"),
    "آدرس خانۀ ما": ("ادرس", "خانه", "خانهٔ ما", "خانة"),
    "مُحَمَّد": ("محمد", "محـمد"),
    "پروندهٔ ۰۰۰۱۲": ("00012", "۰۰۰۱۲", "٠٠٠١٢", "پرونده ۰۰۰"),
    "File 00034": ("00034", "۰۰۰۳۴", "FILE ٠٠٠٣٤"),
    "Hélène": ("helene", "Hélène"),
}
ORDERED = [
    "آرش",
    "ابراهیم",
    "بهار",
    "پرویز",
    "تهمینه",
    "جواد",
    "چنگیز",
    "رضا",
    "ژاله",
    "سارا",
    "کاوه",
    "گلی",
    "لیلا",
    "نادر",
    "ویدا",
    "هما",
    "یاسمن",
]
NOT_FOUND = {"12 34": "۱۲۳۴", "Jo Hn": "john", "علی": "علو", "کار": "گار"}


class TestFolding(BaseCase):
    def test_many_blanks_take_no_time(self):
        began = time.monotonic()
        self.assertEqual(folding.fold(f"é{' ' * 50_000}x"), f"e{' ' * 50_000}x")
        self.assertEqual(folding.fold(f"é{' ' * 50_000}ب"), "eب")
        self.assertLess(time.monotonic() - began, 5)

    def test_ascii_stays(self):
        ascii_text = "".join(map(chr, range(128)))
        self.assertEqual(folding.fold(ascii_text), ascii_text)

    def test_wildcards_stay(self):
        self.assertEqual(folding.fold(r"%رؤ_ا\%%"), r"%رو_ا\%%")


@tagged("post_install", "-at_install")
class TestSearch(SolarCase):
    def setUp(self):
        super().setUp()
        self.partners = self.as_user(self.persian, "res.partner")

    def assertFinds(self, typed, partner, field="name"):
        """Both ways to ask, in the database and of records at hand, find it."""
        domain = [(field, "ilike", typed), ("id", "in", partner.ids)]
        self.assertEqual(self.partners.search(domain), partner)
        self.assertEqual(partner.filtered_domain(domain), partner)

    def test_names_are_found_however_they_are_written(self):
        for name, found_by in FOUND.items():
            partner = self.partners.create({"name": name})
            for typed in found_by:
                with self.subTest(name=name, typed=typed):
                    self.assertFinds(typed, partner)
                    self.assertIn(
                        partner.id, dict(self.partners.name_search(typed, limit=None))
                    )

    def test_other_words_are_not_found(self):
        for name, typed in NOT_FOUND.items():
            with self.subTest(name=name, typed=typed):
                partner = self.partners.create({"name": name})
                domain = [("name", "ilike", typed), ("id", "=", partner.id)]
                self.assertFalse(self.partners.search(domain))
                self.assertFalse(partner.filtered_domain(domain))

    def test_phones_are_found_by_any_digits(self):
        partners = self.as_user(self.english, "res.partner")
        partner = partners.create({"name": "Roya", "phone": "۰۲۱ ۸۸۷۷"})
        partner = partner.with_env(self.partners.env)
        for typed in ("021 88", "٠٢١ ٨٨", "۸۸۷۷"):
            self.assertFinds(typed, partner, "phone")

    def test_what_is_translated_is_found_as_well(self):
        categories = self.as_user(self.persian, "res.partner.category")
        category = categories.create({"name": "مشتری‌های ويژه"})
        for typed in ("مشتری های", "ویژه"):
            self.assertIn(category, categories.search([("name", "ilike", typed)]))

    def test_the_twin_agrees_with_the_database(self):
        """On all characters, and on texts in which those that matter stand together."""
        chance = random.Random(1405)
        alphabet = [
            *FOUND,
            "ؤو",
            " ",
            "\u200c",
            "  ",
            "ً",
            "A",
            "۱",
            "،",
            "\n",
            "%",
            "_",
        ]
        texts = [
            *(
                f"ب{chr(code)} {chr(code)}a"
                for code in range(1, 0x10000)
                # those that Python and PostgreSQL may know from different editions
                # of Unicode are not of our script
                if unicodedata.category(chr(code)) not in ("Cn", "Cs")
            ),
            *(
                "".join(
                    chance.choice(chance.choice(alphabet))
                    for _count in range(chance.randrange(1, 9))
                )
                for _text in range(5000)
            ),
        ]
        folded = self.env.execute_query(
            SQL("SELECT t, unaccent(t) FROM UNNEST(%s) AS t", texts)
        )
        self.assertEqual(len(folded), len(texts))
        differing = [row for row in folded if folding.fold(row[0]) != row[1]]
        self.assertFalse(differing)

    def test_contacts_are_found_by_an_index(self):
        self.env.cr.execute(
            """INSERT INTO res_partner (name, complete_name, active)
            SELECT made, made, TRUE
            FROM (SELECT 'شركت ' || GENERATE_SERIES(1, 20000) AS made) AS names"""
        )
        self.env.cr.execute("ANALYZE res_partner")
        query = self.partners._search([("name", "ilike", "شرکت ۱۲۳۴۵")])
        plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        plan = "\n".join(line for (line,) in plan)
        self.assertIn("res_partner__name_folded_index", plan)
        self.assertEqual(len(self.partners.browse(query)), 1)
        # and so by all that the search of contacts asks for at once
        found = self.partners._search([("display_name", "ilike", "شرکت ۱۲۳۴۵")])
        plan = str(self.env.execute_query(SQL("EXPLAIN %s", found.select())))
        self.assertIn("res_partner__complete_name_folded_index", plan)
        self.assertNotIn("Seq Scan on res_partner", plan)

    def test_without_the_function_odoo_compares_as_ever(self):
        hook = self.env["ir.model"]._register_hook
        with patch.object(self.registry, "unaccent_python", remove_accents):
            self.env.cr.execute("ALTER FUNCTION unaccent(text) RENAME TO other")
            hook()
            self.assertIs(self.registry.unaccent_python, remove_accents)
            self.env.cr.execute("ALTER FUNCTION other(text) RENAME TO unaccent")
            hook()
            self.assertIs(self.registry.unaccent_python, folding.fold)

    def test_names_are_in_persian_order(self):
        partners = self.partners.create([{"name": name} for name in ORDERED])
        ordered = self.partners.search([("id", "in", partners.ids)], order="name DESC")
        self.assertEqual(ordered[::-1].mapped("name"), ORDERED)
