# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which stored fields are open to whom: the one declaration, held by a walk.

``test_access.py`` says who may write which models at all. Of these, a client writes
the fields that are listed here, and no other: neither what is computed, nor what only
methods write, nor what a record is given when it is made. Lists of other records
(one2many) are not named, since their rows are records of a model that is.
"""

# {model: {roles: fields}}
OPEN = {
    "helpdesk.ticket": {
        "agent handler manager": "complaint_date",
    },
    "iso10003.assessment": {
        "manager": "conclusion profile user_id",
    },
    "iso10003.assessment.line": {
        "manager": "evidence_ids interviewed_on interviewee page_id reason verdict",
    },
    "iso10003.audit.programme": {
        "auditor": """
            auditor_ids audits_per_year date_from lead_id method name objectives
            priorities resources risks set_id
        """,
    },
    "iso10003.audit.programme.line": {
        "auditor": "clause_id interval",
    },
    "iso10003.audit.activity": {
        "auditor": "at method name note people place",
    },
    "iso10003.audit.sample": {
        "auditor": "note result",
    },
    "iso10003.authority": {
        "manager counsel": """
            replaces_id
            active amount_max amount_min appeal_authority_id calendar_id
            checked_date code company_id country_id currency_id fee_fixed
            fee_note fee_percent filing_channel filing_note filing_url kind
            name partner_id sequence source_url state_ids subject_matter
            territory tz
        """,
    },
    "iso10003.certificate": {
        "manager": """
            accreditation active body_id company_id edition file filename name scope
            sites standard surveillance_date user_id valid_from valid_to
        """,
    },
    "iso10003.evaluation": {
        "handler manager": """
            amount commitment earlier_handling exposure_least exposure_likely
            exposure_most facts issues merits others others_count outside_name reasons
            scan scan_name severity stance
        """,
    },
    "iso10003.position": {
        "handler manager": """
            amount contact_id mandate mandate_name range_high range_low reach_id reasons
            representative_id settle_limit stance
        """,
    },
    "iso10003.position.line": {"handler manager": "amount reasons stance"},
    "iso10003.cause": {
        "manager": "active batch name partner_id product",
    },
    "iso10003.issue": {
        "manager": "cause_id description name user_id",
    },
    "iso10003.clause": {
        "manager": """
            company_id replaces_id change edition former_id name number sequence
            standard
        """,
    },
    "iso10003.claim": {
        "handler manager": """
            amount currency_id date name party_id remedy_id sequence
        """,
    },
    "iso10003.contact.certification": {
        "manager": """
            display_warning_message partner_id skill_id skill_level_id
            skill_type_id valid_from valid_to
        """,
    },
    "iso10003.course": {
        "manager": """
            active aims company_id content duration evaluation_days
            evaluation_method level_id material_ids name pass_mark skill_id
            trainer_requirements validity_months
        """,
    },
    "iso10003.deadline": {
        "handler manager counsel": "late_reason",
    },
    "iso10003.deadline.rule": {
        "manager": """
            abroad_quantity abroad_unit active actor amount_from amount_to
            authority_ids balance_rule_id calendar_id cap_quantity cap_unit
            category_ids checked_date code combine complainant_type doubt end_event
            exclude_action exclude_start extension_max extension_needs_notice
            extension_quantity extension_unit jurisdiction_id law_from law_to
            legal_basis legal_url may_suspend method name nature on_lapse pack_id
            parent_id policy_id provider_ids quantity roll sequence
            start_event state template_id unit warn_days
        """,
    },
    "iso10003.declaration": {
        "employee": "",
    },
    "iso10003.dispute": {
        "handler manager": """
            amount_claimed category_id complainant_type
            currency_id deadlock description evaluator_id
            cause cause_id cause_kind findings lessons no_corrective_reason
            retention_date method nature partner_id provider_id
            remedy_ids remedy_sought
            scope_decision scope_reason severity subject team_id
            user_id waiting_on
        """,
    },
    "iso10003.dispute.category": {
        "manager": "company_id replaces_id active description name parent_id sequence",
    },
    "iso10003.escalation": {
        "manager": """
            activity_type_id kind offset offset_unit role rule_id template_id
            user_id
        """,
    },
    "iso10003.gate": {
        "manager": """
            advice asked clause code company_id name replaces_id sequence severity
            state
        """,
    },
    "iso10003.hearing": {
        "manager counsel": """
            alarm_ids duration interpreter_id kind lang location mode
            notice_date notice_days orders orders_date outcome summary
        """,
    },
    "iso10003.hearing.participant": {
        "manager counsel": "attended confirmed partner_id role sequence",
    },
    "iso10003.invitation": {
        "handler manager": "silence until",
    },
    "iso10003.invitation.line": {
        "handler manager": """
            binding cost duration method_id provider_id sequence sheet_id
        """,
    },
    "iso10003.document": {
        "handler manager": "audience date kind_id name source without_prejudice",
    },
    "iso10003.document.kind": {
        "manager": """
            company_id replaces_id active category_ids name sequence wanted
        """,
    },
    "iso10003.bundle": {
        "handler manager": "name",
    },
    "iso10003.bundle.line": {
        "handler manager": "reason sequence",
    },
    "iso10003.letter": {
        "handler manager": """
            audience body channel language_id partner_ids picked_id reason scan
            scan_name subject template_id translated_by went_date
            without_prejudice
        """,
    },
    "iso10003.letter.template": {
        "manager": """
            active body company_id kind language_id replaces_id sequence subject
        """,
    },
    "iso10003.information.sheet": {
        "manager": """
            binding company_id cost outcomes process replaces_id rights
        """,
    },
    "iso10003.obligation": {
        "handler manager": """
            after_days after_event after_id amount currency_id day grace_days head name
            owed_by owed_by_id owed_to_id plan_id whole_due
        """,
    },
    "iso10003.offer": {
        "handler manager": """
            amount channel claim_ids currency_id date due_days expires former_id
            party_id proceeding_id proof proof_name terms
        """,
    },
    "iso10003.party": {
        "handler manager": """
            capacity channel date_from date_until for_id lang leads
            mandate_date mandate_kind note partner_id sequence
        """,
    },
    "iso10003.method": {
        "manager": """
            active before_ids beginner binding company_id days description kind name
            payer
            points_amount points_border points_enforcing points_evidence
            points_finding points_people points_relationship points_urgency
            replaces_id sequence
        """,
    },
    "iso10003.provider": {
        "manager": """
            active amount_max amount_min category_ids country_ids currency_id
            independence independence_date independence_facts lang_ids sequence
        """,
    },
    "iso10003.provider.credential": {
        "manager": "issuer_id kind name valid_from valid_to",
    },
    "iso10003.provider.service": {
        "manager": """
            complainant_fee fee method_id rules_url rules_version sequence valid_from
            valid_to
        """,
    },
    "iso10003.policy": {
        "manager": """
            answer_days confirmation_days cost_to_complainant counsel_limit currency_id
            effect_days issue_files issue_months legal_review_days methods name
            offer_acceptance page_id recourse review_date scope vacancy_days
        """,
    },
    "iso10003.policy.tier": {
        "manager": "amount unlimited",
    },
    "iso10003.policy.track": {
        "manager": "merges people",
    },
    "iso10003.policy.track.criterion": {
        "manager": "amount complainant_type method severity",
    },
    "iso10003.proceeding": {
        "handler manager": """
            claim_ids file_complete_date reference rules_document_id rules_version
            served_date
        """,
    },
    "iso10003.referral": {
        "manager counsel": """
            amount appeal_rule appeal_until appealable authority_id awarded
            basis budget claim_date clocks_until counsel_id currency_id
            decision decision_date decision_served_date docket_number
            duty_date duty_party duty_summary enforced_date
            external_counsel_id filed_date filing_number legal_basis
            limitation_date limitation_rule opponent_id reason residence
            result reviewer_id scope_reason served_date settled_date side
            stops_clocks subject
        """,
    },
    "iso10003.referral.amendment": {
        "manager counsel": """
            authority_id basis budget claim_date legal_basis limitation_date
            limitation_rule opponent_id reason why
        """,
    },
    "iso10003.cost": {
        "manager counsel handler": """
            amount currency_id date file_id kind name partner_id reference
            referral_id user_id
        """,
    },
    "iso10003.referral.estimate": {
        "manager counsel": """
            chance_high chance_low cost_high cost_low date months_high
            months_low note settle_high settle_low stake_high stake_low
        """,
    },
    "iso10003.remedy": {
        "manager": "company_id replaces_id active description name sequence",
    },
    "iso10003.requirement": {
        "manager": """
            company_id replaces_id
            awaited blind_to check check_model clause_id code evidence_kind hard
            looks_at name partly_from prerequisite sequence set_id target weight
        """,
    },
    "iso10003.requirement.set": {
        "manager": """
            company_id replaces_id active applies_from applies_to basis edition
            former_id is_draft name sequence standard
        """,
    },
    "iso10003.roadmap": {
        "manager": "date_from date_to note user_id",
    },
    "iso10003.role": {
        "manager": "description sequence",
    },
    "iso10003.role.holder": {
        "manager": "appointment date_from date_to employee_id partner_id role_id",
    },
    "iso10003.role.requirement": {
        "manager": "level_id role_id skill_id",
    },
    "iso10003.rule.pack": {
        "manager": "company_id replaces_id active country_id description name sequence",
    },
    "iso10003.segregation": {
        "manager": "strength",
    },
    "iso10003.training": {
        "manager": """
            capacity cost currency_id date_end date_start link location note
            trainer_id user_id
        """,
    },
    "iso10003.training.attendance": {
        "manager": """
            effectiveness employee_id evaluation_method evaluation_note
            partner_id reason score state
        """,
    },
    "mgmtsystem.audit": {
        "manager auditor": """
            began_on clause_ids closing_meeting conclusion criteria criteria_ids
            dispute_audit distribution diverging ended_on experts feasibility
            good_practice implications interviewed method objective
            objectives_gap objectives_met observers obstacles
            opening_meeting opportunities outside_auditors place programme_id recordings
            sample_from sample_seed sample_to scope virtual_place
        """,
    },
    "mgmtsystem.nonconformity": {
        "manager auditor": """
            correction effect_date effect_due effect_figure effect_target
            effect_value requirement_id why_1 why_2 why_3 why_4 why_5
        """,
    },
    "mgmtsystem.review": {
        "manager": """
            dispute_review input_audits input_changes input_former
            input_improvement input_performance input_providers
            input_resources input_risks input_satisfaction
        """,
    },
    "mgmtsystem.verification.line": {
        "manager auditor": """
            dispute_ids evidence evidence_ids finding_class grade
            nonconformity_id own_clause_id reason
        """,
    },
}
