# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import itertools

from odoo import api, models

# what may change who reads a record
PEOPLE = ("res.partner", "res.users", "res.company", "helpdesk.ticket.team")

TOLD = "told"
WHEN_ADDRESSED = "when addressed"
NEVER = "never"


class Told(models.AbstractModel):
    """A record whose messages are for who may read it and for its parties, no else.

    Every record of ours with a discussion or activities is one. In Odoo a message is
    read by who was ever notified of it, whatever their rights; here the record is
    asked, by one method, :meth:`_get_standing`. It is asked by all doors through
    which people hear of records (the files beside this one, and the digest): when
    something is posted, again when a queued mail leaves, and when messages and
    activities are read.

    Mark a field of contacts with ``party=True`` when they are parties of the record.
    """

    _name = "iso10003.told"
    _description = "Record that tells who may read it, and its parties"

    # whether what comes of it elsewhere, as a nonconformity, is kept back with it
    _privileged = False

    def _valid_field_parameter(self, field, name):
        return name == "party" or super()._valid_field_parameter(field, name)

    # ------------------------------------------------------------
    # Who may be told
    # ------------------------------------------------------------

    def _get_standing(self, partners):
        """Return how each of these people stands to each of these records.

        - ``TOLD``: hears of everything that goes to followers: who works here and may
          read the record, and its parties as they stand now;
        - ``WHEN_ADDRESSED``: hears of what is addressed to them by name: people from
          outside, and a colleague who is a party, but may not read the record;
        - ``NEVER``: a colleague who may not read it, archived or not, and whom the
          record keeps out by name, and whoever is written to no more at all.

        :return: a dictionary by ``(id of the record, id of the partner)``
        """
        accounts = self._get_accounts(partners)
        readable = {
            user: set(self._filter_readable_by(user)._ids)
            for user in accounts.filtered(_is_insider)
        }
        by_partner = accounts.grouped("partner_id")
        nobodys = partners._filter_never_told()
        standing = {}
        for record in self.sudo():  # who its parties are, whoever asks
            parties = record._get_parties()
            kept_out = record._get_never_told() | nobodys
            for partner in partners:
                own = by_partner.get(partner, accounts.browse())
                standing[record.id, partner.id] = (
                    NEVER
                    if partner in kept_out
                    else record._judge(own, partner in parties, readable)
                )
        return standing

    def _filter_told_of(self, user):
        """Return those of which ``user`` is told."""
        partner = user.partner_id
        standing = self._get_standing(partner)
        return self.filtered(lambda one: standing[one.id, partner.id] == TOLD)

    def _judge(self, accounts, is_party, readable):
        """Return how somebody stands who has these accounts."""
        insiders = accounts.filtered(_is_insider)
        if any(self.id in readable[user] for user in insiders):
            return TOLD
        if insiders:
            return WHEN_ADDRESSED if is_party else NEVER
        if accounts and not accounts.filtered("active"):
            return TOLD if is_party else NEVER
        return TOLD if is_party else WHEN_ADDRESSED

    @api.model
    def _get_accounts(self, partners):
        """Return the accounts of these people, archived ones of colleagues included."""
        # whether somebody has an account is looked up for whoever asks
        users = self.env["res.users"].sudo().with_context(active_test=False)
        return users.search_fetch(
            [
                ("partner_id", "in", partners.ids),
                "|",
                ("active", "=", True),
                ("share", "=", False),
            ],
            ["partner_id", "active", "share"],
        )

    def _filter_readable_by(self, user):
        """Return those that ``user`` may read in any of their companies."""
        return self._filter_open_to(user, "read")

    def _filter_open_to(self, user, operation):
        # where somebody works is asked to know what they read, and shown to nobody
        as_user = self.with_user(user).with_context(
            allowed_company_ids=list(user.sudo()._get_company_ids())
        )
        return as_user._filtered_access(operation).with_env(self.env)

    def _may_read(self, user):
        return user._is_superuser() or bool(
            user.active and self._filter_readable_by(user)
        )

    def _get_parties(self):
        """Return the contacts who take part in this record as it stands now."""
        names = [name for name, field in self._fields.items() if _is_party(field)]
        return self.env["res.partner"].union(*[self[name] for name in names])

    def _get_never_told(self):
        """Return who hears nothing of this record, even when addressed."""
        return self.env["res.partner"]

    def _filter_told(self):
        """Return those of the records that follow the rule; of ours all do."""
        return self

    @api.model
    def _get_told_records(self, model, res_ids):
        """Return the records of ``model`` that follow the rule, with all rights.

        None of them is there for a model of somebody else.
        """
        if not model or model not in self.env or not self._is_told_model(model):
            return self.browse()
        # asked for other people, and shown to nobody
        records = self.env[model].sudo().with_context(active_test=False)
        return records.browse(sorted({res_id for res_id in res_ids if res_id}))

    @api.model
    def _is_told_model(self, model):
        return issubclass(self.env.registry[model], self.env.registry["iso10003.told"])

    @api.model
    def _get_told_models(self):
        return [name for name in self.env.registry if self._is_told_model(name)]

    def _get_stand_in(self):
        """Return who is given what falls to somebody who may not read this record."""
        if "company_id" not in self or not self.company_id:
            return self.env["res.users"]
        manager = self.company_id._get_any_manager()
        return manager if self._may_read(manager) else self.env["res.users"]

    # ------------------------------------------------------------
    # Who may no longer be told
    # ------------------------------------------------------------

    def write(self, vals):
        if not self._changes_people(vals):
            return super().write(vals)
        # asked before and after, for whoever writes
        told = self.sudo()._filter_told()
        former = {record: record._get_parties() for record in told}
        result = super().write(vals)
        for record, parties in former.items():
            if gone := parties - record._get_parties():
                record._stop_telling(gone)
        told._stop_followers()
        return result

    @api.model
    def _changes_people(self, vals):
        return any(
            self._fields[name].comodel_name in PEOPLE
            for name in vals
            if name in self._fields and not name.startswith(("message_", "activity_"))
        )

    def _stop_followers(self, partners=None):
        """Let nobody follow who is not told, such as a former owner.

        :param partners: whose rights changed; everybody, if not given
        """
        domain = [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        if partners is not None:
            domain.append(("partner_id", "in", partners.ids))
        # followers are the system's; whoever changes who reads, changes who follows
        followers = self.env["mail.followers"].sudo().search(domain)
        if not followers:
            return
        standing = self._get_standing(followers.partner_id)
        outside = followers.filtered(
            lambda one: standing[one.res_id, one.partner_id.id] != TOLD
        )
        for res_id, group in outside.grouped("res_id").items():
            self._end_following(self._name, [res_id], group.partner_id)

    def _stop_telling(self, partners):
        """End for these people what they followed and what was on its way to them.

        That they no longer read what was said earlier follows from their standing.
        """
        self._end_discussion(self._name, self.ids, partners)

    @api.model
    def _end_discussion(self, model, res_ids, partners):
        self._end_following(model, res_ids, partners)
        # mails are the system's; who no longer takes part is taken out of them
        mails = self.env["mail.mail"].sudo()
        mails = mails.search(
            [
                ("state", "=", "outgoing"),
                ("model", "=", model),
                ("res_id", "in", res_ids),
                ("recipient_ids", "in", partners.ids),
            ]
        )
        mails._leave_out(set(itertools.product(mails.ids, partners.ids)))

    @api.model
    def _end_following(self, model, res_ids, partners):
        """Let these people follow no more, and nothing unread wait for them."""
        # followers and notifications are the system's; who changes who is told may end
        # them, for whoever it is
        self.env["mail.followers"].sudo().search(
            [
                ("res_model", "=", model),
                ("res_id", "in", res_ids),
                ("partner_id", "in", partners.ids),
            ]
        ).unlink()
        self.env["mail.notification"].sudo().search(  # as above
            [
                ("is_read", "=", False),
                ("res_partner_id", "in", partners.ids),
                ("mail_message_id.model", "=", model),
                ("mail_message_id.res_id", "in", res_ids),
            ]
        ).is_read = True


def _is_insider(user):
    return user._is_superuser() or (user.active and not user.share)


def _is_party(field):
    return getattr(field, "party", False)
