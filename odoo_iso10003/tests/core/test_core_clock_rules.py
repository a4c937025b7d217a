# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Time limits found in laws and in the rules of bodies, each with a date.

They show that the clock can express them. They are no legal advice: most were read
once, some have changed since.
"""

from datetime import datetime, timedelta

from odoo.tests import BaseCase

from ...core.clock import Limit, Span, balance, combine, compute
from .clock_common import (
    BERLIN,
    KOLKATA,
    LONDON,
    NEW_YORK,
    SYDNEY,
    TEHRAN,
    VANCOUVER,
    day,
    persian,
    utc,
)

MARCH_2 = day("2026-03-02")  # a Monday


def days(quantity, **kwargs):
    return Limit(Span(quantity, "day"), **kwargs)


def working_days(quantity, **kwargs):
    return Limit(Span(quantity, "working_day"), **kwargs)


def weeks(quantity, **kwargs):
    return Limit(Span(quantity, "week"), **kwargs)


def months(quantity, **kwargs):
    return Limit(Span(quantity, "month"), **kwargs)


def hours(quantity, **kwargs):
    return Limit(Span(quantity, "hour"), **kwargs)


# A date that somebody else fixes: the limit is that day, or that instant, itself.
GIVEN_DAY, GIVEN_INSTANT = days(0), hours(0)


class ClockRules(BaseCase):
    def assertEnds(self, limit, start, calendar, expected, **kwargs):
        due = compute(limit, start, calendar, **kwargs)
        self.assertEqual(due.day, day(expected))
        return due


class TestRulesAbroad(ClockRules):
    """Rules of the European Union, Britain, America, Australia and India."""

    def test_l1_result_of_an_adr_body_90_days_after_the_complete_file(self):
        self.assertEnds(days(90), MARCH_2, BERLIN, "2026-05-31")
        complex_case = [Span(90, "day")]
        self.assertEnds(
            days(90), MARCH_2, BERLIN, "2026-08-29", extensions=complex_case
        )
        self.assertEnds(weeks(3), MARCH_2, BERLIN, "2026-03-23")

    def test_l2_trader_replies_in_20_working_days_30_if_complex(self):
        self.assertEnds(working_days(20), MARCH_2, BERLIN, "2026-03-30")
        self.assertEnds(
            working_days(20),
            MARCH_2,
            BERLIN,
            "2026-04-15",
            extensions=[Span(10, "working_day")],
        )

    def test_l3_platform_that_ended_on_a_given_day(self):
        self.assertEnds(GIVEN_DAY, day("2025-07-20"), BERLIN, "2025-07-20")

    def test_l4_payment_complaint_15_business_days_at_most_35(self):
        limit = working_days(15, cap=Span(35, "working_day"))
        self.assertEnds(limit, MARCH_2, BERLIN, "2026-03-23")
        for asked in (20, 30):
            holding_reply = [Span(asked, "working_day")]
            self.assertEnds(
                limit, MARCH_2, BERLIN, "2026-04-22", extensions=holding_reply
            )

    def test_l5_limitation_stands_still_during_mediation(self):
        mediation = [(day("2027-02-01"), day("2027-04-01"))]
        year_end = day("2025-12-31")
        self.assertEnds(months(36), year_end, BERLIN, "2028-12-31")
        self.assertEnds(
            months(36), year_end, BERLIN, "2029-02-28", suspensions=mediation
        )

    def test_l6_summary_resolution_by_the_close_of_the_third_business_day(self):
        maundy_thursday = day("2026-04-02")
        self.assertEnds(working_days(3), maundy_thursday, LONDON, "2026-04-09")

    def test_l7_final_response_by_the_end_of_8_weeks(self):
        due = self.assertEnds(weeks(8), MARCH_2, LONDON, "2026-04-27")
        self.assertEqual(due.instant, utc("Europe/London", 2026, 4, 28))

    def test_l8_complainant_goes_to_the_ombudsman_within_6_months(self):
        self.assertEnds(months(6), day("2026-08-31"), LONDON, "2027-02-28")

    def test_l9_at_deadlock_or_after_6_weeks_8_before(self):
        start = day("2026-04-08")
        in_time = compute(weeks(6), start, LONDON)
        deadlock = compute(GIVEN_DAY, day("2026-04-20"), LONDON)
        self.assertEqual(in_time.day, day("2026-05-20"))
        self.assertEqual(
            combine("earliest", [in_time, deadlock]).day, day("2026-04-20")
        )
        self.assertEnds(weeks(8), MARCH_2, LONDON, "2026-04-27")

    def test_l10_accreditation_that_ends_on_a_given_day(self):
        self.assertEnds(GIVEN_DAY, day("2026-04-06"), LONDON, "2026-04-06")

    def test_l11_body_with_7_and_28_days(self):
        self.assertEnds(days(7), MARCH_2, LONDON, "2026-03-09")
        self.assertEnds(days(28), MARCH_2, LONDON, "2026-03-30")

    def test_l12_application_within_12_months_of_the_refusal(self):
        self.assertEnds(months(12), day("2028-02-29"), LONDON, "2029-02-28")

    def test_l13_company_15_then_60_days_consumer_60_days(self):
        self.assertEnds(days(15), MARCH_2, NEW_YORK, "2026-03-17")
        self.assertEnds(days(60), MARCH_2, NEW_YORK, "2026-05-01")
        self.assertEnds(days(60), day("2026-05-01"), NEW_YORK, "2026-06-30")

    def test_l14_decision_in_40_days_records_for_4_years(self):
        decision = self.assertEnds(days(40), MARCH_2, NEW_YORK, "2026-04-11")
        self.assertEnds(months(48), decision.day, NEW_YORK, "2030-04-11")

    def test_l15_extensions_add_up_by_cause(self):
        causes = [Span(7, "day"), Span(5, "day"), Span(30, "day")]
        due = self.assertEnds(
            days(40), MARCH_2, NEW_YORK, "2026-05-23", extensions=causes
        )
        totals = [step.values["total"] for step in due.steps if step.code == "extended"]
        self.assertEqual(totals, [47, 52, 82])

    def test_l16_silence_of_30_days_then_performance_chained_to_acceptance(self):
        self.assertEnds(days(30), MARCH_2, NEW_YORK, "2026-04-01")
        self.assertEnds(days(30), day("2026-03-20"), NEW_YORK, "2026-04-19")

    def test_l17_two_billing_cycles_but_at_most_90_days(self):
        self.assertEnds(days(30), MARCH_2, NEW_YORK, "2026-04-01")
        at_most = compute(days(90), MARCH_2, NEW_YORK)
        for cycles_end, expected in [
            ("2026-05-05", "2026-05-05"),
            ("2026-06-05", "2026-05-31"),
        ]:
            cycles = compute(GIVEN_DAY, day(cycles_end), NEW_YORK)
            self.assertEqual(combine("earliest", [cycles, at_most]).day, day(expected))

    def test_l18_10_business_days_or_45_or_90_days(self):
        self.assertEnds(working_days(10), MARCH_2, NEW_YORK, "2026-03-16")
        self.assertEnds(days(45), MARCH_2, NEW_YORK, "2026-04-16")
        self.assertEnds(days(90), MARCH_2, NEW_YORK, "2026-05-31")

    def test_l19_reinvestigation_30_days_or_45(self):
        limit = days(30, cap=Span(45, "day"))
        self.assertEnds(limit, MARCH_2, NEW_YORK, "2026-04-01")
        self.assertEnds(
            limit, MARCH_2, NEW_YORK, "2026-04-16", extensions=[Span(15, "day")]
        )

    def test_l20_acknowledged_in_24_hours_answered_in_30_45_or_21_days(self):
        received = utc("Australia/Sydney", 2026, 3, 2, 10, 15)
        due = self.assertEnds(hours(24), received, SYDNEY, "2026-03-03")
        self.assertEqual(due.instant, received + timedelta(hours=24))
        self.assertEnds(days(30), received, SYDNEY, "2026-04-01")
        self.assertEnds(days(45), received, SYDNEY, "2026-04-16")
        self.assertEnds(days(21), received, SYDNEY, "2026-03-23")

    def test_l21_referred_back_for_21_days_or_what_was_left(self):
        self.assertEnds(days(21), day("2026-04-01"), SYDNEY, "2026-04-22")
        left = balance(days(30), MARCH_2, SYDNEY, day("2026-03-12"))
        self.assertEqual(left, Span(20, "day"))
        self.assertEnds(days(30), day("2026-04-01"), SYDNEY, "2026-04-21", balance=left)

    def test_l22_bank_56_days_complainant_180_ombudsman_120(self):
        bank = self.assertEnds(days(56), MARCH_2, NEW_YORK, "2026-04-27")
        complainant = self.assertEnds(days(180), bank.day, NEW_YORK, "2026-10-24")
        self.assertEnds(days(120), complainant.day, NEW_YORK, "2027-02-21")
        self.assertEnds(days(90), MARCH_2, NEW_YORK, "2026-05-31")

    def test_l23_acknowledged_in_48_hours_redress_in_a_month(self):
        received = utc("Asia/Kolkata", 2026, 1, 31, 22, 0)
        due = self.assertEnds(hours(48), received, KOLKATA, "2026-02-02")
        self.assertEqual(due.instant, received + timedelta(hours=48))
        self.assertEnds(months(1), received, KOLKATA, "2026-02-28")

    def test_l24_extension_up_to_a_cap(self):
        version = days(30, cap=Span(45, "day"))
        self.assertEnds(version, MARCH_2, KOLKATA, "2026-04-01")
        self.assertEnds(
            version, MARCH_2, KOLKATA, "2026-04-16", extensions=[Span(30, "day")]
        )
        self.assertEnds(months(3), MARCH_2, KOLKATA, "2026-06-02")
        testing = [Span(2, "month")]
        self.assertEnds(months(3), MARCH_2, KOLKATA, "2026-08-02", extensions=testing)

    def test_l25_14_days_after_service(self):
        self.assertEnds(days(14), MARCH_2, VANCOUVER, "2026-03-16")

    def test_l26_chain_of_stages(self):
        start = MARCH_2
        self.assertEnds(days(5), start, NEW_YORK, "2026-03-07")
        for quantity, expected in [
            (20, "2026-03-22"),
            (14, "2026-04-05"),
            (3, "2026-04-08"),
        ]:
            start = self.assertEnds(days(quantity), start, NEW_YORK, expected).day

    def test_l27_inquiry_of_20_days(self):
        self.assertEnds(days(20), MARCH_2, NEW_YORK, "2026-03-22")

    def test_l28_instant_that_the_bank_gives(self):
        due_by = datetime(2026, 3, 10, 3, 59, 59)
        due = self.assertEnds(GIVEN_INSTANT, due_by, NEW_YORK, "2026-03-09")
        self.assertEqual(due.instant, due_by)

    def test_l29_consent_in_14_days_end_after_2_months(self):
        self.assertEnds(days(14), MARCH_2, BERLIN, "2026-03-16")
        self.assertEnds(months(2), MARCH_2, BERLIN, "2026-05-02")


class TestRulesOfIran(ClockRules):
    """The default jurisdiction of Persian readers; dates in their calendar."""

    # Civil procedure: neither the day of service nor that of acting counts, a month
    # has 30 days, and what ends on a holiday ends on the next working day.
    COURT = {"exclude_action": True, "roll": "next"}

    def assertEnds(self, limit, start, expected, **kwargs):
        due = compute(limit, persian(start), TEHRAN, **kwargs)
        self.assertEqual(due.day, persian(expected))
        return due

    def test_i1_repealed_articles_set_no_limit(self):
        """What is repealed is a matter of a rule's validity, not of the clock."""
        self.assertEnds(GIVEN_DAY, "1392-06-12", "1392-06-12")

    def test_i2_guild_union_10_days_tazirat_2_weeks(self):
        union = self.assertEnds(days(10), "1405-03-01", "1405-03-11")
        hearing = compute(weeks(2), union.day, TEHRAN)
        self.assertEqual(hearing.day, persian("1405-03-25"))

    def test_i3_state_body_answers_in_10_days(self):
        self.assertEnds(days(10), "1405-06-25", "1405-07-04")

    def test_i4_vehicle_board_20_days_execution_10_expert_fee_5(self):
        self.assertEnds(days(20), "1405-03-25", "1405-04-14")
        self.assertEnds(days(10), "1405-04-14", "1405-04-24")
        self.assertEnds(days(5), "1405-04-24", "1405-04-29")

    def test_i5_withdrawal_in_7_working_days_over_nowruz(self):
        self.assertEnds(working_days(7), "1404-12-25", "1405-01-11")

    def test_i6_decides_in_a_week_files_in_a_month_and_another(self):
        self.assertEnds(weeks(1), "1405-03-01", "1405-03-08")
        month = Limit(Span(1, "month30"))
        self.assertEnds(month, "1405-03-01", "1405-03-31")
        self.assertEnds(
            month, "1405-03-01", "1405-04-30", extensions=[Span(1, "month30")]
        )

    def test_i7_review_10_days_from_service_or_3_months_from_issue(self):
        self.assertEnds(days(10, **self.COURT), "1405-03-01", "1405-03-12")
        others = Limit(Span(3, "month30"), exclude_action=True)
        self.assertEnds(others, "1405-03-01", "1405-05-30")

    def test_i8_appeal_20_days_2_months_from_abroad(self):
        appeal = days(20, abroad=Span(2, "month30"), **self.COURT)
        self.assertEnds(appeal, "1405-01-15", "1405-02-05")
        # 14 Khordad 1405 is a Thursday
        due = self.assertEnds(appeal, "1405-01-15", "1405-03-16", abroad=True)
        self.assertIn("abroad", [step.code for step in due.steps])

    def test_i9_day_of_service_and_day_of_acting_do_not_count(self):
        start = "1405-01-15"
        self.assertEnds(days(20, exclude_start=False), start, "1405-02-03")
        self.assertEnds(days(20), start, "1405-02-04")
        self.assertEnds(days(20, exclude_action=True), start, "1405-02-05")

    def test_i10_cassation_20_days_2_months_from_abroad(self):
        cassation = days(20, abroad=Span(2, "month30"), **self.COURT)
        self.assertEnds(cassation, "1405-07-01", "1405-07-22")
        self.assertEnds(cassation, "1405-07-01", "1405-09-02", abroad=True)

    def test_i11_objection_to_a_default_judgment(self):
        objection = days(20, abroad=Span(2, "month30"), **self.COURT)
        # 22 Aban 1405 is a Friday
        self.assertEnds(objection, "1405-08-01", "1405-08-23")

    def test_i12_month_of_30_days_and_the_next_working_day(self):
        month = Limit(Span(1, "month30"), roll="next")
        self.assertEnds(month, "1405-01-15", "1405-02-14")
        # 13 Farvardin is a holiday, the 14th a Friday
        self.assertEnds(month, "1404-12-12", "1405-01-15")

    def test_i13_3_months_from_notice_to_all_arbitrators(self):
        term = Limit(Span(3, "month30"))
        notices = [persian("1405-07-01"), persian("1405-07-05"), persian("1405-07-02")]
        dues = [compute(term, notice, TEHRAN) for notice in notices]
        self.assertEqual(combine("latest", dues).day, persian("1405-10-05"))
        self.assertEnds(
            term, "1405-07-05", "1405-11-05", extensions=[Span(1, "month30")]
        )

    def test_i14_complies_in_20_days_sets_aside_in_20_days_or_2_months(self):
        self.assertEnds(days(20), "1405-07-01", "1405-07-21")
        set_aside = days(20, abroad=Span(2, "month30"), **self.COURT)
        self.assertEnds(set_aside, "1405-07-05", "1405-07-26")
        self.assertEnds(set_aside, "1405-07-05", "1405-09-07", abroad=True)

    def test_i15_court_that_is_competent_from_a_given_day(self):
        self.assertEnds(GIVEN_DAY, "1402-06-22", "1402-06-22")

    # I16, answer times of the trust mark: no rule was found.
