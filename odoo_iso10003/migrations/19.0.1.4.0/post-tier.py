# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api
from odoo.tools import SQL
from odoo.tools.sql import column_exists

from odoo.addons.odoo_iso10003.core import segregation

RULE = "concession_asker"
# what the gate asked, and what it asks now; untouched where somebody reworded it
GATE = {
    "name": {
        "en_US": (
            "Somebody with the authority to decide: above the handler's limit, "
            "a dispute manager",
            "What we give, noted by somebody with the authority for it",
        ),
        "fa_IR": (
            "شخصی که اختیار تصمیم‌گیری دارد: بالاتر از سقف اختیار کارشناس رسیدگی، "
            "مدیر اختلافات",
            "ثبت پرداخت یا امتیاز ما به دست کسی که اختیار آن را دارد",
        ),
    },
    "advice": {
        "en_US": (
            "Ask a dispute manager to go on; the limit is in the policy version of "
            "this file.",
            "“Note the result” asks what we pay or concede; for more than your tier, "
            "press “Ask for approval” in the tab “7.5 to 7.7 Result”.",
        ),
        "fa_IR": (
            "از مدیر اختلافات بخواهید پرونده را پیش ببرد؛ سقف اختیار در نسخهٔ خط‌مشی "
            "این پرونده آمده است.",
            "«ثبت نتیجه» می‌پرسد چه می‌پردازیم یا می‌پذیریم؛ برای بیش از سطح تصویب خود، "
            "در زبانهٔ «۷.۵ تا ۷.۷ نتیجه»، «درخواست تصویب» را بزنید.",
        ),
    },
}


def migrate(cr, version):
    """Let the limit of handlers be their tier; managers had none, nor who is above.

    A limit of zero was none. The register of each approved version says what it was
    given.
    """
    if not column_exists(cr, "iso10003_policy", "handler_limit"):
        return
    _reword_gate(cr)
    given = _give_tiers(cr)
    _give_rule(cr)
    env = api.Environment(cr, SUPERUSER_ID, {})
    env.invalidate_all()
    env.registry.clear_cache()
    approved = (
        env["iso10003.policy"]
        .browse(given)
        .filtered(lambda policy: policy.state != "draft")
    )
    env["iso10003.register"]._append(
        [
            (policy, "tiers", {"tiers": policy.tier_ids._prepare_sealed()}, None)
            for policy in approved
        ]
    )


def _give_tiers(cr):
    """Return the versions that got tiers, past their lock: they say what they said."""
    cr.execute(
        """INSERT INTO iso10003_policy_tier (
               policy_id, level, sequence, unlimited, amount, create_uid, write_uid,
               create_date, write_date)
           SELECT policy.id, tier.level, tier.sequence,
                  tier.level <> 'handler' OR COALESCE(policy.handler_limit, 0) = 0,
                  CASE WHEN tier.level = 'handler'
                       THEN COALESCE(policy.handler_limit, 0) ELSE 0 END,
                  1, 1, now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
             FROM iso10003_policy AS policy
       CROSS JOIN (VALUES ('handler', 0), ('manager', 1), ('sponsor', 2))
               AS tier (level, sequence)
               ON CONFLICT DO NOTHING
        RETURNING policy_id"""
    )
    return sorted({policy_id for (policy_id,) in cr.fetchall()})


def _give_rule(cr):
    """Let all versions have the rule that no version loosens."""
    cr.execute(
        """INSERT INTO iso10003_segregation (
               policy_id, sequence, code, strength, create_uid, write_uid,
               create_date, write_date)
           SELECT id, %s, %s, 'strict', 1, 1,
                  now() AT TIME ZONE 'UTC', now() AT TIME ZONE 'UTC'
             FROM iso10003_policy
               ON CONFLICT DO NOTHING""",
        [list(segregation.RULES).index(RULE) + 1, RULE],
    )


def _reword_gate(cr):
    for column, words in GATE.items():
        for lang, (former, present) in words.items():
            cr.execute(
                SQL(
                    """UPDATE iso10003_gate
                          SET %(column)s = %(column)s
                              || jsonb_build_object(%(lang)s, %(present)s)
                        WHERE %(column)s ->> %(lang)s = %(former)s""",
                    column=SQL.identifier(column),
                    lang=lang,
                    former=former,
                    present=present,
                )
            )
