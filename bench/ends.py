# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Real complaints led to different ends, by what people of each role may call.

Each disputed complaint of the folder (see ``similar.py``) becomes a file that is led
from the ticket to its end through public methods alone: by a handler, an evaluator, a
manager who approves, and counsel where a court decides. What each end costs is printed,
and whether the register of each file is whole.
"""

import base64
import time
from collections import Counter
from datetime import timedelta
from itertools import cycle, islice

import similar
import world

from odoo import Command, api, fields

from odoo.addons.odoo_iso10003.core import flow

PAPER = base64.b64encode(b"%PDF-1.7 A paper of this file.").decode()
ADDON = "odoo_iso10003"
CLAIMED = 400
BODY, COURT = "Bench board", "Bench court"
PEOPLE = {"manager": "group_manager", "counsel": "group_counsel"}
TOLD = "It was told by the body."


def lead(bench, folder, say, most=None):
    """Lead each disputed complaint to an end, and print what that took.

    :param most: so many at most, to see whether it runs
    """
    pairs = similar.pair(folder)[:most]
    people = make_people(bench)
    ways = list(islice(cycle(ENDS), len(pairs)))
    took, ended, broken = {}, Counter(), []
    for number, ((row, text), way) in enumerate(zip(pairs, ways, strict=True), 1):
        with bench.environment(mail_notify_force_send=False) as env:
            start, queries = time.perf_counter(), env.cr.sql_log_count
            file = Way(env, people, row["product"], text).go(way)
            env.cr.flush()
            cost = time.perf_counter() - start, env.cr.sql_log_count - queries
            took.setdefault(way.__name__, []).append(cost)
            ended[way.__name__, file.state, file.outcome] += 1
            broken += _verify(env, file)
        if number % 20 == 0:
            say(f"  {number} of {len(pairs)} led to their end")
    draw(took, ended)
    print(f"{len(pairs)} files, {len(broken)} breaks in their registers")
    if broken:
        raise AssertionError(broken[:3])
    open_ones = {key: count for key, count in ended.items() if key[1] != flow.CLOSED}
    if open_ones:
        raise AssertionError(f"not at their end: {open_ones}")


def draw(took, ended):
    """Print what the files of each end took, by way and outcome."""
    print(f"{'way':<28}{'outcome':<40}{'files':>6}{'queries':>9}{'seconds':>9}")
    for (way, _state, outcome), count in sorted(ended.items(), key=str):
        costs = took[way]
        seconds = sum(one for one, _queries in costs) / len(costs)
        queries = sum(one for _seconds, one in costs) / len(costs)
        print(f"{way:<28}{outcome or '':<40}{count:>6}{queries:>9.0f}{seconds:>9.2f}")
    every = [cost for costs in took.values() for cost in costs]
    print(
        f"{'all':<68}{len(every):>6}{sum(one[1] for one in every) / len(every):>9.0f}"
        f"{sum(one[0] for one in every) / len(every):>9.2f}"
    )


def _verify(env, file):
    """Return what is broken in the register of a file and of its parts."""
    own = file.sudo()
    files = [f"{one._name},{one.id}" for one in (own, *own.proceeding_ids)]
    files += [f"{one._name},{one.id}" for one in own.referral_ids]
    return env["iso10003.register"].sudo().verify_chain(files)


def make_people(bench):
    """Return ``{role: user id}``, and make body and court."""
    with bench.registry.cursor() as cr:
        env = api.Environment(cr, api.SUPERUSER_ID, {})
        company = env.ref("base.main_company")
        people = {"handler": bench.uid}
        evaluator = env["res.users"].search([("login", "=", world.EVALUATOR)])
        people["evaluator"] = evaluator.id
        for name, group in PEOPLE.items():
            user = env["res.users"].create(
                {
                    "name": f"Bench {name}",
                    "login": f"bench_{name}",
                    "email": f"bench_{name}@example.com",
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.link(env.ref(f"{ADDON}.{group}").id)],
                }
            )
            env["iso10003.declaration"].with_user(user).create(
                {"company_id": company.id}
            )
            people[name] = user.id
        _make_bodies(env(user=people["manager"]), company)
        return people


def _make_bodies(env, company):
    """Make the board before which files go, and the court; a manager enters them."""
    partner = (
        env["res.partner"]
        .sudo()
        .create({"name": BODY, "email": "board@example.com", "is_company": True})
    )
    today = fields.Date.today()
    methods = env["iso10003.method"].search([])
    env["iso10003.provider"].create(
        {
            "partner_id": partner.id,
            "company_id": company.id,
            "independence": "independent",
            "independence_date": today,
            "service_ids": [
                Command.create({"method_id": method.id}) for method in methods
            ],
            "credential_ids": [Command.create({"name": "No. 7", "valid_from": today})],
            "evaluation_ids": [
                Command.create(
                    {
                        "date": today,
                        "decision": "suitable",
                        "reasons": "Fast and fair.",
                        "compared": "Two others.",
                    }
                )
            ],
        }
    )
    env["iso10003.authority"].create({"name": COURT, "tz": "Asia/Tehran"})


class Way:
    """The way of one file, each step by whose it is."""

    def __init__(self, env, people, product, text):
        self.people, self.env = people, env
        [vals] = world.prepare_tickets(env, 1)
        vals |= {"name": product, "description": text}
        ticket = env["helpdesk.ticket"].create(vals)
        ticket.action_open_dispute()
        self.file = ticket.dispute_ids
        self.today = self.file._get_company_day()

    def go(self, way):
        """Lead the file, and return it as it ended."""
        way(self)
        self.env.flush_all()
        return self.file

    def ask(self, action, **values):
        """Create what a button opens a dialog for, as it begins."""
        records = self.env[action["res_model"]].with_context(**action["context"])
        return records.create(values)

    def by(self, role, record):
        return record.with_user(self.people[role])

    def method(self, name):
        return self.env.ref(f"{ADDON}.method_{name}")

    def write(self, kind, text="What there is to say."):
        """Write a letter, and note that it went by post."""
        action = self.file.action_write_letter(kind)
        letter = self.ask(action, channel="post")
        # what nobody fills in for us stands in brackets
        letter.write(
            {
                "subject": f"{kind} {self.file.name}",
                "body": f"<p>{text}</p>{letter.body if '⟦' not in letter.body else ''}",
            }
        )
        letter.action_send()
        return letter

    # ------------------------------------------------------------
    # From the ticket to the position
    # ------------------------------------------------------------

    def refer(self):
        """7.2: our own handling has ended, and the complainant knows of other ways."""
        self.file.write(
            {
                "scope_decision": "in_scope",
                "scope_reason": "A consumer and a service",
                "deadlock": "rejected",
            }
        )
        self.write("final_answer")
        if not self.file.recourse_date:
            self.write("other_recourse")

    def notify(self):
        """7.3: the board tells us, we say that we take part."""
        board = self.env["iso10003.provider"].search(
            [("partner_id.name", "=", BODY)], limit=1
        )
        action = self.file.action_record_notice()
        self.ask(
            action,
            provider_id=board.id,
            reference=f"N-{self.file.id}",
            pending_elsewhere="no",
            document=PAPER,
            begun_by="complainant",
            channel="mail",
        )
        if not self.file.claim_ids:
            self.file.amount_claimed = CLAIMED
        categories = self.env["iso10003.dispute.category"]
        self.file.write(
            {
                "remedy_sought": "The money",
                "category_id": categories.search([], limit=1).id,
            }
        )
        if self.file.state == "referral":
            self.file.action_advance()
        if not self.file.part_answered_date:
            answer = self.ask(self.file.action_answer_part(), answer="yes")
            answer.action_answer_and_send()
        if not self.file.acknowledged_date:
            self.write("acknowledgement")
        if self.file.state == "notice":
            self.file.action_advance(TOLD)

    def answer(self):
        """7.4: evaluated by somebody else, our position approved and sent."""
        self.refer()
        self.notify()
        self.file.evaluator_id = self.people["evaluator"]
        action = self.by("evaluator", self.file).action_write_evaluation()
        sheets = self.by("evaluator", self.env["iso10003.evaluation"])
        sheets.with_context(**action["context"]).create(
            {
                "facts": "<p>What the account shows.</p>",
                "severity": "1",
                "stance": "contest",
                "reasons": "The terms say so.",
                "exposure_likely": 100,
                "exposure_most": CLAIMED,
            }
        ).action_submit()
        positions = self.file.position_ids.filtered(lambda one: one.state == "draft")
        if not positions:
            positions = self.ask(
                self.file.action_take_position(),
                stance="contest",
                reasons="The terms say so.",
            )
        own = self.by("manager", positions)
        own.action_approve()
        if not self.file.response_date:
            self.write("position")
        if self.file.state == "position":
            self.file.action_advance(TOLD)

    def go_before(self, method):
        """7.5: the board begins by a method."""
        one = self.ask(
            self.file.action_add_proceeding(), method_id=self.method(method).id
        )
        one.action_admit()
        one.action_begin()
        return one

    # ------------------------------------------------------------
    # What it brought, and the end
    # ------------------------------------------------------------

    def resolve(self, kind, verdict=None, amount=0, **values):
        lines = [
            Command.create({"claim_id": claim.id, "verdict": verdict, "amount": amount})
            for claim in self.file.claim_ids
            if verdict
        ]
        result = self.ask(
            self.file.action_record_result(),
            kind=kind,
            text="As it was said.",
            line_ids=[Command.clear(), *lines],
            **values,
        )
        return result

    def say(self, result, side, answer="accepted", **values):
        """Note the answer of a side; ours goes by its letters."""
        party = {}
        if side == "complainant" and answer != "none":
            party = {"party_id": self.file.party_ids.filtered("leads").id}
        given = self.env["iso10003.result.answer"].create(
            {
                "result_id": result.id,
                "side": side,
                "answer": answer,
                **party,
                **values,
            }
        )
        if side == "organization":
            if answer == "rejected":
                self.by("manager", given).action_approve()
            action = given.action_write_letter()
            letter = self.ask(action, channel="post")
            letter.write({"subject": "Our answer", "body": "<p>This is it.</p>"})
            letter.action_send()
        return given

    def pay(self):
        """7.6: what we owe is paid, with its proof, and confirmed."""
        owed = self.file.obligation_ids.filtered(
            lambda one: one.owed_by == "organization" and not one.done_date
        )
        for one in owed.filtered(lambda one: one.state != "replaced"):
            if not one.due_date:
                one.day = self.today
            self.ask(
                one.action_record_performance(),
                obligation_id=one.id,
                gross=one.amount,
                means="payment" if one.amount else "act",
                proof=PAPER,
                proof_name="receipt.pdf",
            )
            one.action_confirm_done(channel="phone")

    def learn(self):
        self.file.write(
            {
                "lessons": "Say what is charged, and when.",
                "cause_kind": "handling",
                "no_corrective_reason": "It happened once.",
                "retention_date": self.today + timedelta(days=1500),
            }
        )

    def close(self):
        """7.7: told, learned from, closed."""
        self.pay()
        if self.file.state == "resolution":
            self.file.action_advance(TOLD)
        self.learn()
        self.write("closing")
        if self.file.state != flow.CLOSED:
            self.file.action_advance(TOLD)


# ------------------------------------------------------------
# The ends
# ------------------------------------------------------------


def settled_early(way):
    """Settled at once, before any body had it."""
    action = way.file.action_settle_now()
    settlement = way.ask(
        action,
        text="We pay a part of it back.",
        amount=40,
        performance="done",
        performed_date=way.today,
        proof=PAPER,
        proof_name="receipt.pdf",
    )
    letter = settlement.action_confirm()
    written = way.ask(letter, channel="post")
    written.write({"subject": "Settled", "body": "<p>We have settled it.</p>"})
    written.action_send()
    if way.file.state != flow.CLOSED:
        way.file.action_close()


def withdrawn(way):
    way.refer()
    way.notify()
    way.file.action_record_withdrawal(PAPER, "letter.pdf")
    way.write("closing")
    way.file.action_close("withdrawn", "She wrote so.")


def out_of_jurisdiction(way):
    way.answer()
    one = way.go_before("ombudsman")
    one.action_end("not_admitted", "It is not of their kind.", ground="not_competent")
    way.write("closing")
    way.file.action_close("out_of_jurisdiction", "The board does not admit it.")


def declined_by_provider(way):
    way.answer()
    one = way.go_before("recommendation")
    one.action_end("not_admitted", "It is too small.", ground="too_small")
    way.write("closing")
    way.file.action_close("declined_by_provider", "It is too small for them.")


def settled_on_referral_back(way):
    """The body refers it back, and it is settled here."""
    way.answer()
    way.file.action_refer_back(way.today + timedelta(days=15), "Try it first.")
    step = way.ask(
        way.file.action_ask("settle_here"),
        reason="They agreed on a part.",
        gives="amount",
        amount=40,
    )
    way.write("closing")
    way.file.action_record_event("carried_out", way.today, "By the bank.", PAPER)
    step.action_confirm()


def agreement(way):
    """Mediation: our offer is accepted in writing."""
    way.answer()
    way.go_before("mediation")
    offer = way.ask(way.file.action_make_offer(), terms="We pay half.", amount=200)
    offer.action_note_made(channel="email")
    offer.action_accept(
        channel="email",
        party_id=way.file.party_ids.filtered("leads").id,
        proof=PAPER,
        proof_name="mail.pdf",
    )
    way.close()


def no_agreement(way):
    way.answer()
    one = way.go_before("mediation")
    way.resolve("none", proceeding_id=one.id)
    way.close()


def recommendation_accepted(way):
    way.answer()
    one = way.go_before("recommendation")
    result = way.resolve("recommendation", "part", 100, proceeding_id=one.id)
    way.say(result, "organization")
    way.say(result, "complainant")
    way.close()


def recommendation_refused(way):
    way.answer()
    one = way.go_before("recommendation")
    result = way.resolve("recommendation", "granted", CLAIMED, proceeding_id=one.id)
    way.say(result, "organization", "rejected", reasons="The terms say so.")
    way.close()


def decision_accepted(way):
    """A decision that binds us once the complainant accepts it."""
    way.answer()
    one = way.go_before("ombudsman")
    result = way.resolve(
        "decision",
        "granted",
        CLAIMED,
        proceeding_id=one.id,
        binding="acceptance",
        answer_until=way.today + timedelta(days=10),
    )
    way.say(result, "complainant")
    way.close()


def decision_not_accepted(way):
    way.answer()
    one = way.go_before("ombudsman")
    result = way.resolve(
        "decision",
        "part",
        50,
        proceeding_id=one.id,
        binding="acceptance",
        answer_until=way.today + timedelta(days=10),
    )
    way.say(result, "complainant", "rejected")
    way.close()


def decision_for_us(way):
    way.answer()
    one = way.go_before("arbitration")
    way.resolve("decision", "refused", proceeding_id=one.id)
    way.close()


def not_reached(way):
    way.answer()
    one = way.go_before("mediation")
    leads = way.file.party_ids.filtered("leads")
    for channel in ("phone", "email", "post"):
        way.env["iso10003.attempt"].create(
            {"party_id": leads.id, "channel": channel, "result": "no_answer"}
        )
    way.write("last_letter")
    one.action_end("discontinued", "Silence.", ground="not_reached")
    way.file.action_close("not_reached", "Nobody answers.")


def before_a_court(way):
    """No agreement; counsel takes it to a court, which obliges us."""
    way.answer()
    one = way.go_before("mediation")
    way.resolve("none", proceeding_id=one.id)
    dialog = way.ask(
        way.file.action_refer(),
        basis="answer",
        side="complainant",
        reason="They went to court.",
    )
    dialog.action_confirm()
    court = way.env["iso10003.authority"].search([("name", "=", COURT)], limit=1)
    referral = way.by("counsel", way.file.sudo().referral_ids).sudo(False)
    referral.write(
        {
            "authority_id": court.id,
            "counsel_id": way.people["counsel"],
            "reviewer_id": way.people["manager"],
            "filed_date": way.today,
            "filing_number": f"F-{referral.id}",
        }
    )
    referral.action_file()
    for question, values in (
        ("take_up", {"docket_number": f"D-{referral.id}"}),
        (
            "decide",
            {
                "decision_date": way.today,
                "decision_served_date": way.today,
                "result": "for_other",
                "awarded": CLAIMED,
                "duty_party": "organization",
                "duty_summary": "Pay it back",
                "duty_date": way.today,
                "appealable": "no",
            },
        ),
    ):
        action = referral.action_ask(question)
        steps = referral.env[action["res_model"]].with_context(**action["context"])
        steps.create(values).action_confirm()
    way.pay()
    referral.action_close()
    way.close()


ENDS = (
    agreement,
    recommendation_accepted,
    settled_early,
    decision_accepted,
    no_agreement,
    withdrawn,
    decision_for_us,
    settled_on_referral_back,
    recommendation_refused,
    before_a_court,
    decision_not_accepted,
    out_of_jurisdiction,
    declined_by_provider,
    not_reached,
)
