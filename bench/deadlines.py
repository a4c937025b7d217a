# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sweep of due escalations, and counting limits, each against its peer."""

from datetime import timedelta

from harness import Bench, Samples, ratio
from world import SEED

from odoo import SUPERUSER_ID, Command, fields
from odoo.tools import SQL

SIZES = {
    "few": 1_000,
    "many": 100_000,
    "due": 100,
    "flood": 10_000,
    "counted": 10_000,
}
QUICK = {"few": 100, "many": 1_000, "due": 20, "flood": 200, "counted": 500}
# naive escalations for each flood: it is slow, and each takes as long as the last
SAMPLE = 200
REPETITIONS, FLOODS = 9, 3
ZONE = "Asia/Tehran"
HOLIDAYS = 30


def measure(bench, quick, say):
    """Return one result for each comparison."""
    sizes = QUICK if quick else SIZES
    # scheduled actions run as the system, and queue what they send
    system = Bench(bench.registry, SUPERUSER_ID, {"mail_notify_force_send": False})
    rules = _make_rules(system, sizes["many"])
    return [
        _grow(system, rules, quick, say, **sizes),
        _flood(system, 1 if quick else FLOODS, say, **sizes),
        _count(system, 2 if quick else REPETITIONS, say, **sizes),
    ]


# ------------------------------------------------------------ what is there


def _make_rules(system, many):
    """Make rules for so many deadlines, each with one escalation to the owner."""
    with system.environment() as env:
        files = env["iso10003.dispute"].search_count([("state", "!=", "closed")])
        policy = env["iso10003.policy"].create(
            {
                "name": "Bench",
                "rule_ids": [
                    Command.create(_prepare_rule(number))
                    for number in range(many // files + 1)
                ],
            }
        )
        _make_holidays(env)
        return policy.rule_ids.ids


def _prepare_rule(number):
    return {
        "name": f"Limit {number}",
        "code": f"bench_{number}",
        "start_event": "notice_received",
        "quantity": 10 + number % 20,
        "unit": ("working_day", "day", "month")[number % 3],
        "roll": "next",
        "escalation_ids": [
            Command.create({"offset": -1, "kind": "activity", "role": "owner"})
        ],
    }


def _make_holidays(env):
    calendar = env.company.resource_calendar_id
    now = fields.Datetime.now().replace(hour=0, minute=0, second=0)
    env["resource.calendar.leaves"].create(
        [
            {
                "name": f"Holiday {number}",
                "calendar_id": calendar.id,
                "date_from": now - timedelta(days=12 * number),
                "date_to": now - timedelta(days=12 * number - 1),
            }
            for number in range(HOLIDAYS)
        ]
    )


def _add_deadlines(system, rules, start, end):
    """Let so many deadlines run, by SQL, with the alarms that they plan."""
    with system.environment() as env:
        env.cr.execute(
            SQL(
                """
                INSERT INTO iso10003_deadline
                    (rule_id, file_id, company_id, user_id, team_id, reader_id,
                     shared, actor, start, starts,
                     zone, abroad, due, due_date, state, create_uid, create_date)
                SELECT r.id, f.id, d.company_id, d.user_id, d.team_id, d.evaluator_id,
                       true, r.actor, t.start,
                       jsonb_build_object(r.id, to_char(t.start, %s)),
                       %s, false, t.due, t.due::date, 'running', 1, t.start
                  FROM iso10003_deadline_rule r, iso10003_dispute d
                       JOIN iso10003_file f
                         ON f.model = 'iso10003.dispute' AND f.res_id = d.id,
                       LATERAL (SELECT date_trunc('second', now() AT TIME ZONE 'utc')
                                       - d.id %% 300 * interval '1 day' AS start,
                                       date_trunc('day', now() AT TIME ZONE 'utc')
                                       + (30 + d.id %% 30) * interval '1 day' AS due) t
                 WHERE r.id = ANY(%s) AND d.state <> 'closed'
                 ORDER BY md5(r.id || '-' || d.id) OFFSET %s LIMIT %s
                """,
                "YYYY-MM-DD HH24:MI:SS",
                ZONE,
                rules,
                start,
                end - start,
            )
        )
        env.cr.execute(
            """
            INSERT INTO iso10003_alarm
                (deadline_id, company_id, owner_id, team_id, reader_id, shared,
                 kind, escalation_id, at, state, told)
            SELECT d.id, d.company_id, d.user_id, d.team_id, d.reader_id, d.shared,
                   a.kind, a.escalation, a.at, 'pending', false
              FROM iso10003_deadline d
              JOIN iso10003_escalation e ON e.rule_id = d.rule_id,
                   LATERAL (VALUES ('limit', NULL, d.due),
                            ('level', e.id, d.due + e.offset_hours * interval '1 hour'))
                   a(kind, escalation, at)
             WHERE NOT EXISTS (SELECT FROM iso10003_alarm x WHERE x.deadline_id = d.id)
            """
        )
    with system.environment() as env:
        env.cr.execute("ANALYZE")


def _make_due(env, count):
    """Let so many escalations be due, spread over all, and the others not be."""
    env.cr.execute(
        """UPDATE iso10003_alarm a SET state = 'pending', told = false, at = d.due
             FROM iso10003_deadline d
            WHERE d.id = a.deadline_id AND a.kind = 'level'
              AND (a.state = 'fired' OR a.at < now() AT TIME ZONE 'utc')"""
    )
    env.cr.execute(
        """UPDATE iso10003_alarm
              SET at = now() AT TIME ZONE 'utc' - interval '1 hour'
            WHERE id IN (SELECT id FROM iso10003_alarm WHERE kind = 'level'
                          ORDER BY md5((id + %s)::text) LIMIT %s) RETURNING id""",
        [SEED, count],
    )
    return [alarm_id for (alarm_id,) in env.cr.fetchall()]


# ------------------------------------------------------------ the sweep


def _sweep(system, due, samples):
    """Time one run of the scheduled action, and see to it that it did its work."""
    system.sample(
        samples,
        lambda env: (_make_due(env, due), env.cr.commit()) and env,
        lambda env: env["iso10003.deadline"]._cron_escalate(),
    )
    with system.environment() as env:
        fired = env["iso10003.alarm"].search_count(
            [("state", "=", "fired"), ("kind", "=", "level")]
        )
        assert fired == due, f"{fired} of {due} due escalations happened"


def _grow(system, rules, quick, say, few, many, due, **_sizes):
    """Sweep as many due ones, among few and among many that are not."""
    repetitions = 2 if quick else REPETITIONS
    peer, ours, start = Samples(), Samples(), 0
    for samples, size in ((peer, few), (ours, many)):
        say(f"  a sweep, {due} due of {size}, {repetitions} times")
        _add_deadlines(system, rules, start, size)
        start = size
        _sweep(system, due, Samples())  # warm-up
        for _repetition in range(repetitions):
            _sweep(system, due, samples)
    return {
        "what": f"sweep: {due} due of {many} ({few})",
        "ours": ours.median,
        "peer": peer.median,
        "ratio": ratio(ours, peer),
        "queries": ours.most_queries,
        "peer_queries": peer.most_queries,
        "aim": 3.0,
    }


def _flood(system, repetitions, say, flood, **_sizes):
    """Sweep many due ones, against doing them one by one."""
    say(f"  a sweep, {flood} due, {repetitions} times, and one by one")
    sample = min(SAMPLE, flood)
    ours, peer = Samples(), Samples()
    for _repetition in range(repetitions):
        swept, alone = Samples(), Samples()
        system.sample(
            alone,
            lambda env: env["iso10003.alarm"].browse(_make_due(env, sample)),
            _escalate_one_by_one,
        )
        _sweep(system, flood, swept)
        ours.add(swept.median / flood, swept.most_queries / flood)
        peer.add(alone.median / sample, alone.most_queries / sample)
    return {
        "what": f"sweep: {flood} due (one by one)",
        "batch": flood,
        "ours": ours.median,
        "peer": peer.median,
        "ratio": ratio(ours, peer),
        "queries": ours.most_queries,
        "peer_queries": peer.most_queries,
        "aim": 0.05,
    }


def _escalate_one_by_one(alarms):
    """Escalate as it is often done: look for one, tell of it, write it, commit."""
    env = alarms.env
    for alarm_id in alarms.ids:
        alarm = env["iso10003.alarm"].search(
            [("id", "=", alarm_id), ("state", "=", "pending")]
        )
        deadline, dispute = alarm.deadline_id, alarm.deadline_id._get_file()
        dispute.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=deadline.due_date,
            summary=deadline.display_name,
            user_id=dispute.user_id.id,
        )
        dispute.severity = "3" if dispute.severity != "3" else "2"
        env.cr.commit()


# ------------------------------------------------------------ counting


def _count(system, repetitions, say, counted, **_sizes):
    """Count limits of one calendar, against the pure core in a loop."""
    say(f"  counting {counted} limits, {repetitions} times")
    ours, peer = Samples(), Samples()
    for repetition in range(-1, repetitions):
        warm = repetition >= 0
        due = system.sample(
            ours if warm else Samples(),
            lambda env: (env, _prepare_requests(env, counted)),
            lambda prepared: prepared[0]["iso10003.deadline.rule"]._count(prepared[1]),
        )
        alone = system.sample(
            peer if warm else Samples(),
            lambda env: _prepare_core(env, counted),
            _compute_in_core,
        )
        assert [values["due"] for values in due] == [one.instant for one in alone]
    return {
        "what": f"count {counted} limits (core)",
        "batch": counted,
        "ours": ours.median / counted,
        "peer": peer.median / counted,
        "ratio": ratio(ours, peer),
        "queries": ours.most_queries / counted,
        "peer_queries": peer.most_queries / counted,
        "aim": 3.0,
    }


def _prepare_requests(env, count):
    """Return what the clock is given for so many deadlines, as they ask for it."""
    deadlines = env["iso10003.deadline"].search(
        [("rule_id.policy_id.name", "=", "Bench")], limit=count
    )
    return [deadline._prepare_count() for deadline in deadlines]


def _prepare_core(env, count):
    """Return the same as plain data: working time, limits and their starts."""
    requests = _prepare_requests(env, count)
    limits = {
        request["rule"].id: request["rule"]._prepare_limit() for request in requests
    }
    calendar = env.company.resource_calendar_id
    attendances = [
        (None, int(line.dayofweek), line.hour_from, line.hour_to)
        for line in calendar.attendance_ids
        if line.day_period != "lunch"
    ]
    clocks = env["iso10003.clock"]
    leaves = [
        clocks._move_to_zone((leave.date_from, leave.date_to), calendar.tz, ZONE)
        for leave in calendar.leave_ids
    ]
    starts = [
        (limits[limit_id], start)
        for request in requests
        for limit_id, start in request["starts"].items()
    ]
    return attendances, leaves, starts


def _compute_in_core(prepared):
    # addons can be imported once the configuration has said where they are
    from odoo.addons.odoo_iso10003.core import clock

    attendances, leaves, starts = prepared
    calendar = clock.Calendar(ZONE, attendances, leaves)
    return [clock.compute(limit, start, calendar) for limit, start in starts]
