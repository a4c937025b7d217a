# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.exceptions import AccessError

from ...core import authority, proportion

# what a track follows from
AT_STAKE = frozenset(
    {"amount_claimed", "currency_id", "severity", "method", "complainant_type"}
)
# the question of the dialog that who approves answers, without leading the file
TRACK = "track"


class Proportioned(models.AbstractModel):
    """A file of which as much is asked as is at stake in it (4.8, 4.15).

    Its ``track``, a guarded field, is one of those of its policy version. The file
    begins on the one that fits what is known, and moves up by itself when it outgrows
    that; never down, but by somebody who may approve and never owned it. Whatever
    writes what is at stake passes here, as ``write`` and private writes do.
    """

    _name = "iso10003.proportioned"
    _description = "File on a track of its policy"

    @api.model
    def _get_track_choices(self):
        levels = self.env["iso10003.policy.track"]._fields["level"]
        return levels._description_selection(self.env)

    @api.model
    def _find_lowest_track(self, policy_id):
        """Return where a file under this version begins."""
        tracks = self.env["iso10003.policy"]._get_tracks(policy_id)
        return proportion.find_level(tracks, proportion.Facts())

    # ------------------------------------------------------------
    # What is at stake
    # ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._outgrow({file: file.track for file in files}, tells=False)
        return files

    def write(self, vals):
        found = self._find_levels() if AT_STAKE.intersection(vals) else {}
        result = super().write(vals)
        self._outgrow(found)
        return result

    def _find_levels(self):
        """Return ``{file: the track on which it has to be at least}``."""
        return {file: file._find_level() for file in self}

    def _find_level(self):
        tracks = self.env["iso10003.policy"]._get_tracks(self.policy_id.id)
        return proportion.find_level(tracks, self._read_stakes(tracks))

    def _read_stakes(self, tracks):
        """Return what is at stake, as far as these tracks ask for it."""
        counts = any(
            criterion.amount for track in tracks for criterion in track.criteria
        )
        return proportion.Facts(
            self._count_claimed() if counts else 0,
            self.severity or "",
            self.method or "",
            self.complainant_type or "",
        )

    def _count_claimed(self):
        """Return the amount claimed in the policy's money; ``None`` if nobody can."""
        amount, own = self.amount_claimed, self.policy_id.currency_id
        if not amount or self.currency_id == own:
            return amount
        day = self._get_company_day()
        if not (self._is_rated(self.currency_id, day) and self._is_rated(own, day)):
            return None
        return self.currency_id._convert(amount, own, self.company_id, day)

    # ------------------------------------------------------------
    # Up by itself
    # ------------------------------------------------------------

    def _outgrow(self, before, tells=True):
        """Move files up that have more at stake than before, and than their track.

        :param before: ``{file: level}`` where they had to be before
        :param tells: whether the owner hears of it
        """
        for file, former in before.items():
            level = file._find_level()
            if proportion.is_above(level, former) and proportion.is_above(
                level, file.track
            ):
                file._move_to_track(level, "outgrown")
                if tells:
                    file._tell_outgrown()

    def _move_to_track(self, level, how, reason=None):
        """Put the file on a track, with its row in the register."""
        former = self.track
        # by what is at stake or by who approves, whoever may write the file
        self.sudo()._guarded_write({"track": level})
        self._register_event("track", {"from": former, "to": level, "by": how}, reason)

    def _tell_outgrown(self):
        """Let the owner know, in their language, that more is asked from now on."""
        owner = self.user_id
        words = self.with_context(lang=owner.lang)
        # who enters an amount tells the owner, whether or not they might write to them
        self.sudo().message_post(
            body=words.env._(
                "The file is on the track “%(track)s” now: more is at stake than "
                "before. Look at what is wanted of it.",
                track=words._selection_label("track", self.track),
            ),
            author_id=self.env.user.partner_id.id,
            partner_ids=owner.partner_id.ids,
            subtype_xmlid="mail.mt_note",
        )

    # ------------------------------------------------------------
    # By a deed
    # ------------------------------------------------------------

    def action_change_track(self, track, reason):
        """Put the file on another track of its version, for a reason.

        Who leads the file may move it up. Less is asked of it only if somebody above
        handlers says so, who does not own it.

        :param track: a level of ``core/proportion.py``
        """
        self.ensure_one()
        self._check_may_ask(TRACK)
        self._check_expected_state()
        self._need_reason(reason)
        # who approves need not lead the file, and waits in line with those who do
        self.sudo()._lock()
        self.invalidate_recordset(["track"])
        self._check_track(track)
        if proportion.is_above(track, self.track):
            self.check_access("write")
        else:
            self._check_may_lower()
            self._pass_door("action_change_track", reason)
        self.sudo()._say_reason(reason)  # as above
        self._move_to_track(track, "deed", reason)
        return True

    def _check_track(self, track):
        """Refuse what is no other track of the file's version."""
        if self._is_frozen():
            raise self._refusal(self.env._("it is closed. Reopen it first."))
        tracks = self.env["iso10003.policy"]._get_tracks(self.policy_id.id)
        if track not in [one.level for one in tracks]:
            raise self._refusal(
                self.env._(
                    "%(policy)s has no track “%(track)s”. Choose one of: %(tracks)s.",
                    policy=self.policy_id.display_name,
                    track=self._selection_label("track", track),
                    tracks=", ".join(
                        self._selection_label("track", one.level) for one in tracks
                    ),
                )
            )
        if track == self.track:
            raise self._refusal(
                self.env._(
                    "it is on the track “%(track)s” already.",
                    track=self._selection_label("track", track),
                )
            )

    def _check_may_lower(self):
        if self._get_level() == authority.HANDLER:
            raise AccessError(
                self.env._(
                    "Dispute %(number)s: only a dispute manager or the top management "
                    "lets less be asked of a file.",
                    number=self.name,
                )
            )

    def _check_may_ask(self, question):
        if question == TRACK and self._get_level() != authority.HANDLER:
            return self.check_access("read")
        return super()._check_may_ask(question)

    # ------------------------------------------------------------
    # What the track asks
    # ------------------------------------------------------------

    def _get_track(self):
        """Return the track of the file's version that it is on."""
        tracks = self.env["iso10003.policy"]._get_tracks(self.policy_id.id)
        return next(track for track in tracks if track.level == self.track)

    def _gate_people_enough(self):
        """Whether so many of ours looked at the file as its track wants (4.9, 4.15)."""
        return len(self._get_people_at_work()) >= self._get_track().people

    def _get_people_at_work(self):
        """Return who handled the complaint, owns, evaluates or approved something."""
        people = self.user_id | self.evaluator_id | self.approval_user_id
        return people | people.browse(self._find_complaint([]))
