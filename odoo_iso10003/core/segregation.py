# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which parts of a file one person does not have, without Odoo.

Somebody who judges had no hand in what is judged. Each rule names a part and the
parts that whoever has it never had; a policy version says how strictly each rule is
meant. What somebody had a part in is told by the register, see
``models/mixin/segregated.py``.
"""

from dataclasses import dataclass

STRICT = "strict"  # refused
TOLD = "told"  # done with a reason, which is sealed and counts in readiness
OFF = "off"  # not asked
ALL = (STRICT, TOLD, OFF)

SMALL = "small"
SEPARATE = "separate"


@dataclass(frozen=True)
class Rule:
    """Whoever takes ``part`` took none of ``others``, and the other way round.

    :param clause: of ISO 10003:2018, or of ISO 9001:2015 where it says so
    :param small: how strict in a small organization, of two people
    :param separate: how strict where duties are separate
    :param before: how strict it was until versions said so themselves
    :param choices: what a policy may choose; one of one cannot be chosen
    :param waived: whether a reason of who takes the part is not enough: somebody else
        waives it, which the gates of 4.9 ask for, and not the doors
    """

    part: str
    others: tuple[str, ...]
    clause: str
    small: str
    separate: str = STRICT
    before: str = OFF
    choices: tuple[str, ...] = ALL
    waived: bool = False

    @property
    def fixed(self):
        return len(self.choices) == 1

    def opposites(self, part):
        """Return the parts that nobody with ``part`` had."""
        if part == self.part:
            return self.others
        return (self.part,) if part in self.others else ()


def never_off(part, *others, clause):
    """Return a rule that no policy loosens: nobody judges the own work."""
    return Rule(part, others, clause, STRICT, before=STRICT, choices=(STRICT,))


def impartial(part):
    """Return a rule that who has a part has no interest, or that it is waived."""
    return Rule(part, ("interested",), "4.9", small=TOLD, waived=True)


RULES = {
    "evaluator_complaint": Rule(
        "evaluator",
        ("complaint", "opener"),
        "7.4.1",
        small=STRICT,
        before=STRICT,
        choices=(STRICT, TOLD),
    ),
    "evaluator_owner": Rule("evaluator", ("owner",), "4.9", small=TOLD),
    "findings_evaluator": Rule("findings", ("bystander",), "7.4.1", small=TOLD),
    "owner_complaint": Rule("owner", ("complaint",), "4.9", small=OFF),
    "rejection_complaint": Rule("rejecter", ("complaint",), "7.5.4", small=TOLD),
    "approver_author": never_off("approver", "author", clause="5.3"),
    "reviewer_handler": Rule(
        "reviewer",
        ("counsel", "owner", "complaint"),
        "4.9",
        small=STRICT,
        before=STRICT,
        choices=(STRICT, TOLD),
    ),
    "reviewer_approver": Rule("reviewer", ("approver",), "4.9", small=TOLD),
    "waiver_counsel": Rule("waiver", ("counsel",), "7.5.5", small=TOLD),
    "override_self": never_off("overrider", "overridden", clause="4.9"),
    "certifier_self": never_off("certifier", "certified", clause="4.10"),
    "auditor_audited": never_off("auditor", "audited", clause="ISO 9001, 9.2.2"),
    "concession_asker": never_off("authorizer", "asker", clause="5.4"),
    "track_owner": never_off("lightener", "owner", clause="4.9"),
    "evaluator_interested": impartial("evaluator"),
    "owner_interested": impartial("owner"),
    "authorizer_interested": impartial("authorizer"),
    "resolver_interested": impartial("resolver"),
    "confirmer_answerer": never_off("confirmer", "answerer", clause="4.4"),
}

# Where somebody takes a part: {model: {field or method: parts}}. A field that names a
# person is asked when the person changes, a method when it is called.
DOORS = {
    "iso10003.dispute": {
        "evaluator_id": ("evaluator",),
        "user_id": ("owner",),
        "provider_id": ("resolver",),
        "_transition": ("owner", "evaluator", "findings", "rejecter"),
        "_note_result": ("rejecter",),
        "_decide_part": ("rejecter",),  # where we decline
        "_decide_answer": ("rejecter",),  # where we refuse a result
        "action_approve_concession": ("authorizer",),
        "action_change_track": ("lightener",),
        "action_override_independence": ("overrider",),
        "action_override_competence": ("overrider",),
    },
    "iso10003.position": {"_approve": ("approver",)},
    "iso10003.offer": {"action_ratify": ("approver",)},
    "iso10003.disposal": {"_check_may_decide": ("approver",)},
    "iso10003.declaration.confirmation": {"action_waive": ("overrider",)},
    "iso10003.policy": {
        "action_approve": ("approver",),
        "action_override_competence": ("overrider",),
    },
    "iso10003.referral": {
        "reviewer_id": ("reviewer",),
        "counsel_id": ("reviewer",),  # of who is to review what that one handles
        "_transition": ("approver",),
        "action_review": ("reviewer",),
        "action_decide_appeal": ("waiver",),
        "action_override_competence": ("overrider",),
    },
    "iso10003.referral.review": {"create": ("reviewer",)},
    "hr.employee.skill": {"create": ("certifier",), "write": ("certifier",)},
    "iso10003.contact.certification": {
        "create": ("certifier",),
        "write": ("certifier",),
    },
    "iso10003.training.attendance": {
        "_record_results": ("certifier",),
        "action_correct": ("certifier",),
    },
    "iso10003.assessment.line": {"action_confirm": ("confirmer",)},
    "mgmtsystem.audit": {
        "user_id": ("auditor",),
        "auditor_user_ids": ("auditor",),
        "_list_open_ends": ("auditor",),  # before it is closed
    },
}

# How a file ends where the organization refuses what the complainant asks for.
REJECTIONS = frozenset(
    {
        "recommendation_rejected_by_us",
        "declined_by_us",
        "not_pursued",
        "time_barred",
    }
)


def strengths(profile):
    """Return ``{code: strength}`` of a profile, or ``before`` there were any."""
    return {code: getattr(rule, profile) for code, rule in RULES.items()}


def rules_of(part):
    """Return ``[(code, parts)]``: which rules ask what of whoever takes ``part``."""
    asked = [
        (code, rule.opposites(part)) for code, rule in RULES.items() if not rule.waived
    ]
    return [(code, others) for code, others in asked if others]
