# Copyright 2026 web_solar_hijri contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import datetime
import itertools
from unittest.mock import patch

import jdatetime

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, new_test_user, tagged

from odoo.addons.web_solar_hijri import periods

from .common import SolarCase

UNITS = ("day", "week", "month", "quarter", "year")
# Around new years, the leap days of 1403 and 1408, and days out of the solar years
DAYS = (
    "1900-07-01",
    "1921-03-20",
    "1921-03-21",
    "2024-03-19",
    "2024-03-20",
    "2025-03-19",
    "2025-03-20",
    "2025-03-21",
    "2025-03-22",
    "2025-06-21",
    "2025-06-22",
    "2026-11-21",
    "2026-11-22",
    "2026-11-29",
    "2026-12-21",
    "2026-12-22",
    "2029-03-19",
    "2029-03-20",
    "2030-03-20",
    "2030-03-21",
    "2121-03-20",
    "2121-03-21",
    "2121-12-31",
    "2150-01-01",
)
# In Tehran: midnight of 1 Azar 1405, which is 20:30 the day before in UTC
MOMENTS = (
    "2026-11-21T20:29:59",
    "2026-11-21T20:30:00",
    "2026-12-21T20:29:59",
    "2026-12-21T20:30:00",
    "2021-03-21T20:29:59",
    "2021-03-21T20:30:00",
    "2021-09-21T19:29:59",
    "2021-09-21T19:30:00",
)


class GroupingCase(SolarCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # as in other tables, a date may be missing
        date_to = cls.env["ir.sequence.date_range"]._fields["date_to"]
        known = cls.registry.not_null_fields - {date_to}
        cls.startClassPatcher(patch.object(cls.registry, "not_null_fields", known))
        cls.env.cr.execute(
            "ALTER TABLE ir_sequence_date_range ALTER date_to DROP NOT NULL"
        )
        cls.sequence = cls.env["ir.sequence"].create({"name": "Grouped"})
        rows = cls.env["ir.sequence.date_range"].create(
            [
                {"sequence_id": cls.sequence.id, "date_from": day, "date_to": day}
                for day in (*DAYS, "1999-09-09")
            ]
        )
        rows.flush_recordset()
        cls.env.cr.execute(
            "UPDATE ir_sequence_date_range SET date_to = NULL WHERE id = %s",
            [rows[-1].id],
        )
        cls.partners = cls.env["res.partner"].create(
            [
                {"name": moment, "type": kind}
                for moment, kind in zip(
                    (*MOMENTS, "never"), itertools.cycle(["contact", "invoice"])
                )
            ]
        )
        cls.partners.flush_recordset()
        for partner in cls.partners:
            cls.env.cr.execute(
                "UPDATE res_partner SET create_date = %s WHERE id = %s",
                [None if partner.name == "never" else partner.name, partner.id],
            )
        cls.env.invalidate_all()

    def rows_of(self, user):
        return self.as_user(user, "ir.sequence.date_range")

    def partners_of(self, user):
        return self.as_user(user, "res.partner")

    def grouped(self, user, unit, by="date_to", **kwargs):
        domain = [("sequence_id", "=", self.sequence.id)]
        return self.rows_of(user).formatted_read_group(
            domain, [f"{by}:{unit}"], ["__count"], **kwargs
        )

    def partners_grouped(self, user, unit, **kwargs):
        return self.partners_of(user).formatted_read_group(
            [("id", "in", self.partners.ids)],
            [f"create_date:{unit}"],
            ["id:array_agg"],
            **kwargs,
        )


def labels(groups, spec):
    return [group[spec] and group[spec][1] for group in groups]


class TestGrouping(GroupingCase):
    def test_months(self):
        groups = self.grouped(self.persian, "month")
        found = {
            group["date_to:month"][1]: (group["date_to:month"][0], group["__count"])
            for group in groups
            if group["date_to:month"]
        }
        self.assertEqual(found["آذر ۱۴۰۵"], ("2026-11-22", 3))
        self.assertEqual(found["آبان ۱۴۰۵"], ("2026-10-23", 1))
        self.assertEqual(found["اسفند ۱۴۰۳"], ("2025-02-19", 2), "a leap day")
        self.assertEqual(found["اسفند ۱۴۰۸"], ("2030-02-19", 1), "a leap day")
        self.assertEqual(found["فروردین ۱۴۰۹"], ("2030-03-21", 1))

    def test_names_of_all_periods(self):
        for unit, expected in {
            "day": "۸ آذر ۱۴۰۵",
            "week": "هفتهٔ ۳۷، ۱۴۰۵",
            "month": "آذر ۱۴۰۵",
            "quarter": "پاییز ۱۴۰۵",
            "year": "۱۴۰۵",
        }.items():
            with self.subTest(unit=unit):
                groups = self.grouped(self.persian, unit)
                self.assertIn(expected, labels(groups, f"date_to:{unit}"))

    def test_names_in_another_language(self):
        self.english.calendar_system = "solar"
        for unit, expected in {
            "day": "8 Azar 1405",
            "month": "Azar 1405",
            "quarter": "Autumn 1405",
            "year": "1405",
        }.items():
            with self.subTest(unit=unit):
                groups = self.grouped(self.english, unit)
                self.assertIn(expected, labels(groups, f"date_to:{unit}"))

    def test_what_is_out_of_the_solar_years_is_gregorian(self):
        groups = self.grouped(self.persian, "year")
        names = labels(groups, "date_to:year")
        self.assertEqual(
            [*names[:4], *names[-4:]],
            ["1900", "1921", "۱۳۰۰", "۱۴۰۲", "۱۴۹۹", "2121", "2150", False],
        )

    def test_a_drill_down_gives_the_rows_of_the_group(self):
        for unit in UNITS:
            for user in (self.persian, self.english):
                rows = self.rows_of(user)
                with self.subTest(unit=unit, user=user.login):
                    groups = rows.formatted_read_group(
                        [("sequence_id", "=", self.sequence.id)],
                        [f"date_to:{unit}"],
                        ["id:array_agg"],
                    )
                    found = rows.browse()
                    for group in groups:
                        there = rows.search(
                            [
                                ("sequence_id", "=", self.sequence.id),
                                *group["__extra_domain"],
                            ]
                        )
                        self.assertEqual(set(there.ids), set(group["id:array_agg"]))
                        found += there
                    self.assertEqual(len(found), len(DAYS) + 1)

    def test_a_drill_down_by_time_of_day(self):
        for unit in UNITS:
            partners = self.partners_of(self.persian)
            with self.subTest(unit=unit):
                groups = self.partners_grouped(self.persian, unit)
                for group in groups:
                    there = partners.search(
                        [("id", "in", self.partners.ids), *group["__extra_domain"]]
                    )
                    self.assertEqual(set(there.ids), set(group["id:array_agg"]))
                count = sum(len(group["id:array_agg"]) for group in groups)
                self.assertEqual(count, len(self.partners))

    def test_a_month_starts_at_midnight_of_the_user(self):
        groups = self.partners_grouped(self.persian, "month")
        found = {
            group["create_date:month"] and group["create_date:month"][1]: (
                group["create_date:month"] and group["create_date:month"][0],
                set(self.partners.browse(group["id:array_agg"]).mapped("name")),
            )
            for group in groups
        }
        self.assertEqual(
            found["آذر ۱۴۰۵"], ("2026-11-21 20:30:00", {MOMENTS[1], MOMENTS[2]})
        )
        self.assertEqual(found["آبان ۱۴۰۵"], ("2026-10-22 20:30:00", {MOMENTS[0]}))
        self.assertEqual(found[False], (False, {"never"}))

    def test_without_a_time_zone(self):
        partners = self.partners_of(self.persian).with_context(tz=False)
        groups = partners.formatted_read_group(
            [("name", "=", MOMENTS[1])], ["create_date:month"], []
        )
        self.assertEqual(
            groups[0]["create_date:month"], ("2026-10-23 00:00:00", "آبان ۱۴۰۵")
        )

    def test_order(self):
        for unit in UNITS:
            spec = f"date_to:{unit}"
            up = self.grouped(self.persian, unit, order=f"{spec} asc")
            down = self.grouped(self.persian, unit, order=f"{spec} desc")
            with self.subTest(unit=unit):
                starts = [group[spec][0] for group in up if group[spec]]
                self.assertEqual(starts, sorted(starts))
                self.assertEqual(len(starts), len(set(starts)))
                self.assertEqual(labels(up, spec), labels(down, spec)[::-1])

    def test_a_limited_list_knows_how_many_groups_there_are(self):
        for user in (self.persian, self.english):
            with self.subTest(user=user.login):
                answer = self.rows_of(user).web_read_group(
                    [("sequence_id", "=", self.sequence.id)],
                    ["date_to:month"],
                    ["__count"],
                    limit=2,
                )
                self.assertEqual(len(answer["groups"]), 2)
                self.assertEqual(answer["length"], len(self.grouped(user, "month")))

    def test_groups_in_groups(self):
        answer = self.rows_of(self.persian).web_read_group(
            [("sequence_id", "=", self.sequence.id)],
            ["date_to:year", "date_to:month"],
            ["__count"],
            opening_info=[
                {
                    "value": "2026-03-21",
                    "folded": False,
                    "limit": 80,
                    "offset": 0,
                    "groups": [
                        {
                            "value": "2026-11-22",
                            "folded": False,
                            "limit": 80,
                            "offset": 0,
                        }
                    ],
                }
            ],
            unfold_read_specification={"date_to": {}},
        )
        [year] = [group for group in answer["groups"] if "__groups" in group]
        self.assertEqual(year["date_to:year"], ("2026-03-21", "۱۴۰۵"))
        months = year["__groups"]["groups"]
        self.assertEqual(
            labels(months, "date_to:month"), ["آبان ۱۴۰۵", "آذر ۱۴۰۵", "دی ۱۴۰۵"]
        )
        self.assertEqual(
            [str(row["date_to"]) for row in months[1]["__records"]],
            ["2026-11-22", "2026-11-29", "2026-12-21"],
        )

    def test_a_pivot_by_two_dates(self):
        cells, rows, total = self.rows_of(self.persian).formatted_read_grouping_sets(
            [("sequence_id", "=", self.sequence.id), ("date_to", ">=", "2026-01-01")],
            [["date_from:year", "date_to:month"], ["date_from:year"], []],
            ["__count"],
        )
        self.assertIn(
            (("2026-03-21", "۱۴۰۵"), ("2026-11-22", "آذر ۱۴۰۵"), 3),
            [
                (cell["date_from:year"], cell["date_to:month"], cell["__count"])
                for cell in cells
            ],
        )
        self.assertEqual(
            [
                group["__count"]
                for group in rows
                if group["date_from:year"][1] == "۱۴۰۵"
            ],
            [5],
        )
        self.assertEqual(total[0]["__count"], sum(cell["__count"] for cell in cells))
        for cell in cells:
            there = self.rows_of(self.persian).search_count(
                [("sequence_id", "=", self.sequence.id), *cell["__extra_domain"]]
            )
            self.assertEqual(there, cell["__count"])

    def test_dates_in_properties(self):
        definition = self.env[
            "properties.base.definition"
        ]._get_definition_for_property_field("res.partner", "properties")
        definition.properties_definition = [
            {"name": "due", "type": "date", "string": "Due"},
            {"name": "seen", "type": "datetime", "string": "Seen"},
        ]
        for partner, day in zip(self.partners, ("21", "22"), strict=False):
            partner.properties = {
                "due": f"2026-11-{day}",
                "seen": f"2026-11-{day} 00:00:00",
            }
        self.env.flush_all()
        partners = self.partners_of(self.persian)
        known = [("id", "in", self.partners[:2].ids)]
        for spec, first in {
            "properties.due:month": "2026-11-22",
            "properties.seen:month": "2026-11-22 00:00:00",
        }.items():
            with self.subTest(spec=spec):
                aban, azar = partners.formatted_read_group(known, [spec], ["__count"])
                self.assertEqual(azar[spec], (first, "آذر ۱۴۰۵"))
                for group, partner in ((aban, 0), (azar, 1)):
                    there = partners.search([*known, *group["__extra_domain"]])
                    self.assertEqual(there.ids, self.partners[partner].ids)

    def test_progress_bars_are_of_the_same_groups(self):
        for unit in UNITS:
            spec = f"create_date:{unit}"
            with self.subTest(unit=unit):
                bars = self.partners_of(self.persian).read_progress_bar(
                    [("id", "in", self.partners.ids)],
                    spec,
                    {"field": "type", "colors": {"contact": "1", "invoice": "2"}},
                )
                groups = {
                    str(group[spec] and group[spec][0]): len(group["id:array_agg"])
                    for group in self.partners_grouped(self.persian, unit)
                }
                self.assertEqual(
                    {value: sum(bar.values()) for value, bar in bars.items()}, groups
                )

    def test_progress_bars_of_dates(self):
        bars = self.rows_of(self.persian).read_progress_bar(
            [("date_to", "=", "2026-11-29")],
            "date_to:month",
            {"field": "number_next", "colors": {1: "1"}},
        )
        self.assertEqual(list(bars), ["2026-11-22"])


class TestAllDays(SolarCase):
    """Each day of the years 1300 to 1499 is in the period that jdatetime says."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sequence = cls.env["ir.sequence"].create({"name": "All days"})
        cls.days = [
            jdatetime.date(1300, 1, 1).togregorian() + datetime.timedelta(days=count)
            for count in range(73049)
        ]
        cls.env.cr.execute(
            """INSERT INTO ir_sequence_date_range
                (sequence_id, number_next, date_from, date_to)
            SELECT %s, 1, day, day FROM UNNEST(%s) AS day""",
            [cls.sequence.id, cls.days],
        )

    def test_in_the_database(self):
        for unit, months in (("month", 1), ("quarter", 3), ("year", 12)):
            expected = {}
            for day in self.days:
                there = jdatetime.date.fromgregorian(date=day)
                key = (there.year, (there.month - 1) // months)
                first, _last, count = expected.get(key, (day, day, 0))
                expected[key] = (first, day, count + 1)
            groups = self.as_user(
                self.persian, "ir.sequence.date_range"
            ).formatted_read_group(
                [("sequence_id", "=", self.sequence.id)],
                [f"date_to:{unit}"],
                ["date_from:min", "date_from:max", "__count"],
            )
            with self.subTest(unit=unit):
                self.assertEqual(
                    [
                        (
                            group[f"date_to:{unit}"][0],
                            group["date_from:min"],
                            group["date_from:max"],
                            group["__count"],
                        )
                        for group in groups
                    ],
                    [
                        (str(first), first, last, count)
                        for first, last, count in expected.values()
                    ],
                )

    def test_leap_years(self):
        """A year has 366 days where jdatetime knows a 30 Esfand, and nowhere else."""
        groups = self.as_user(
            self.persian, "ir.sequence.date_range"
        ).formatted_read_group(
            [("sequence_id", "=", self.sequence.id)], ["date_to:year"], ["__count"]
        )
        leap = {
            1300 + index
            for index, group in enumerate(groups)
            if group["__count"] == 366
        }
        self.assertEqual(
            leap,
            {year for year in range(1300, 1500) if jdatetime.date(year, 1, 1).isleap()},
        )
        self.assertEqual({1395, 1399, 1403, 1408, 1412} - leap, set())
        self.assertFalse({1396, 1404, 1405, 1407} & leap)


class TestFilling(GroupingCase):
    def filled(self, unit, domain, filling=True, by="date_to"):
        rows = self.rows_of(self.persian).with_context(fill_temporal=filling)
        return rows.formatted_read_group(
            [("sequence_id", "=", self.sequence.id), *domain],
            [f"{by}:{unit}"],
            ["__count"],
        )

    def test_what_lies_between_is_filled(self):
        between = [("date_to", ">=", "2025-03-19"), ("date_to", "<", "2030-04-01")]
        for unit in periods.MONTHS:
            groups = self.filled(unit, between)
            with self.subTest(unit=unit):
                starts = [group[f"date_to:{unit}"][0] for group in groups]
                known = [str(day) for day in periods.starts(unit)]
                first = known.index(starts[0])
                self.assertEqual(starts, known[first : first + len(starts)])
                last = jdatetime.date(1409, 1, 1).togregorian()
                self.assertEqual(starts[-1], str(last))
                self.assertEqual(sum(group["__count"] for group in groups), 15)
                self.assertEqual(labels(groups, f"date_to:{unit}")[-1][-4:], "۱۴۰۹")

    def test_days_and_weeks_are_filled(self):
        between = [("date_to", ">=", "2026-11-21"), ("date_to", "<", "2026-12-01")]
        days = self.filled("day", between)
        self.assertEqual(len(days), 9)
        self.assertEqual(days[0]["date_to:day"], ("2026-11-21", "۳۰ آبان ۱۴۰۵"))
        weeks = self.filled("week", between)
        self.assertEqual(
            [(week["date_to:week"][0], week["__count"]) for week in weeks],
            [("2026-11-21", 2), ("2026-11-28", 1)],
        )

    def test_bounds_and_a_least_number(self):
        filling = {"fill_from": "2026-10-25", "fill_to": "2027-01-05", "min_groups": 6}
        groups = self.filled("month", [("date_to", "=", "2026-11-29")], filling)
        self.assertEqual(
            labels(groups, "date_to:month"),
            [
                "آبان ۱۴۰۵",
                "آذر ۱۴۰۵",
                "دی ۱۴۰۵",
                "بهمن ۱۴۰۵",
                "اسفند ۱۴۰۵",
                "فروردین ۱۴۰۶",
            ],
        )
        nothing = self.filled("month", [("date_to", "=", "2000-01-01")])
        self.assertEqual(nothing, [])
        asked = self.filled(
            "month", [("date_to", "=", "2000-01-01")], {"fill_from": "2026-11-29"}
        )
        self.assertEqual([group["__count"] for group in asked], [0])

    def test_what_has_no_date_comes_last(self):
        groups = self.filled(
            "year", ["|", ("date_to", "=", False), ("date_to", ">", "2149-01-01")]
        )
        self.assertEqual(labels(groups, "date_to:year"), ["2150", False])

    def test_moments_are_filled_where_the_user_is(self):
        partners = self.partners_of(self.persian).with_context(fill_temporal=True)
        groups = partners.formatted_read_group(
            [("name", "in", MOMENTS[4:])], ["create_date:month"], ["__count"]
        )
        self.assertEqual(
            [
                (group["create_date:month"], group["__count"])
                for group in (groups[0], groups[1], groups[-1])
            ],
            [
                (("2021-03-20 20:30:00", "فروردین ۱۴۰۰"), 2),
                (("2021-04-20 19:30:00", "اردیبهشت ۱۴۰۰"), 0),
                (("2021-08-22 19:30:00", "شهریور ۱۴۰۰"), 2),
            ],
        )


class TestOthers(GroupingCase):
    """Who does not ask as the web client does gets what stock Odoo gives."""

    def test_a_user_of_the_gregorian_calendar(self):
        groups = self.grouped(self.english, "month")
        self.assertIn(
            ("2026-11-01", "November 2026"), [g["date_to:month"] for g in groups]
        )
        weeks = self.grouped(self.english, "week")
        self.assertIn("W49 2026", labels(weeks, "date_to:week"))
        self.persian.calendar_system = "gregorian"
        groups = self.grouped(self.persian, "month")
        self.assertIn(
            ("2026-11-01", "نوامبر 2026"), [g["date_to:month"] for g in groups]
        )

    def test_who_may_not_read_a_date_does_not_group_by_it(self):
        plain = new_test_user(self.env, "plain", "base.group_user", lang="fa_IR")
        partners = self.partners_of(plain)
        field = partners._fields["create_date"]
        bar = {"field": "type", "colors": {"contact": "success"}}
        for unit in UNITS:
            spec = f"create_date:{unit}"
            asked = {
                "list": lambda spec=spec: partners.web_read_group([], [spec]),
                "graph": lambda spec=spec: partners.formatted_read_group([], [spec]),
                "pivot": lambda spec=spec: partners.formatted_read_grouping_sets(
                    [], [[spec]]
                ),
                "bar": lambda spec=spec: partners.read_progress_bar([], spec, bar),
            }
            for view, ask in asked.items():
                with self.subTest(view=view, unit=unit):
                    ask()
                    with (
                        patch.object(field, "groups", "base.group_system"),
                        self.assertRaises(AccessError),
                    ):
                        ask()

    def test_in_python(self):
        domain = [("sequence_id", "=", self.sequence.id)]
        for unit in UNITS:
            results = [
                self.rows_of(user)
                .with_context(lang="fa_IR")
                ._read_group(domain, [f"date_to:{unit}"], ["__count"])
                for user in (self.persian, self.english)
            ]
            with self.subTest(unit=unit):
                self.assertEqual(*results)
        months = dict(
            self.rows_of(self.persian)._read_group(
                domain, ["date_to:month"], ["__count"]
            )
        )
        self.assertEqual(months[datetime.date(2026, 11, 1)], 3)

    def test_in_python_while_the_web_client_is_answered(self):
        rows = self.rows_of(self.persian)
        original, asked = type(rows)._read_group, []

        def read_group(records, *args, **kwargs):
            if not asked:
                asked.append(None)
                [asked[0]] = rows._read_group(
                    [("date_to", "=", "2026-11-29")], ["date_to:month"]
                )
            return original(records, *args, **kwargs)

        self.patch(type(rows), "_read_group", read_group)
        self.grouped(self.persian, "month")
        self.assertEqual(asked, [(datetime.date(2026, 11, 1),)])


@tagged("post_install", "-at_install")
class TestGroupingByRpc(HttpCase, GroupingCase):
    def read_group(self, user, **context):
        self.authenticate(user.login, user.login)
        answer = self.make_jsonrpc_request(
            "/web/dataset/call_kw/ir.sequence.date_range/formatted_read_group",
            {
                "model": "ir.sequence.date_range",
                "method": "formatted_read_group",
                "args": [[["date_to", "=", "2026-11-29"]]],
                "kwargs": {
                    "groupby": ["date_to:month"],
                    "aggregates": ["__count"],
                    "context": {"lang": user.lang, "tz": user.tz, **context},
                },
            },
        )
        return answer[0]["date_to:month"]

    def test_the_user_decides_not_the_context(self):
        self.assertEqual(self.read_group(self.persian), ["2026-11-22", "آذر ۱۴۰۵"])
        outside = {
            "solar_hijri": True,
            "calendar_system": "solar",
            "uses_solar_calendar": True,
            "SolarPeriod": True,
        }
        self.assertEqual(
            self.read_group(self.english, **outside), ["2026-11-01", "November 2026"]
        )

    def test_pivots_of_spreadsheets_have_the_months_that_they_name(self):
        for user in (self.persian, self.english):
            month, _name = self.read_group(user, gregorian_periods=True)
            self.assertEqual(month, "2026-11-01")
        rows = self.rows_of(self.persian).with_context(gregorian_periods=True)
        stock = self.rows_of(self.english).with_context(lang="fa_IR")
        domain = [("sequence_id", "=", self.sequence.id)]
        for unit in UNITS:
            sets = [[f"date_to:{unit}"], ["sequence_id", f"date_to:{unit}"], []]
            with self.subTest(unit=unit):
                self.assertEqual(
                    rows.formatted_read_grouping_sets(domain, sets, ["__count"]),
                    stock.formatted_read_grouping_sets(domain, sets, ["__count"]),
                )
