# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY


class Swept(models.AbstractModel):
    """Records that a scheduled action works on in batches, whoever else does.

    What a batch did and that it was done are one commit. A batch that fails is halved
    until the one that fails is found, so that it keeps nobody else waiting.
    """

    _name = "iso10003.swept"
    _description = "Records worked on in batches"

    def _do_isolated(self, method):
        """Do together what can be, and find the one that cannot by halving.

        :param method: the name of a method of these records
        """
        if not self:
            return
        try:
            with self.env.cr.savepoint():
                getattr(self, method)()
                self.env.flush_all()
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise  # the transaction is over, and it is no fault of any record
        except Exception as error:
            self.env.invalidate_all()
            if len(self) == 1:
                self._note_failure(method, error)
                return
            middle = len(self) // 2
            self[:middle]._do_isolated(method)
            self[middle:]._do_isolated(method)

    def _note_failure(self, method, error):
        """Say, to who can do something about it, that one of them failed."""
        raise NotImplementedError

    @api.model
    def _look_again(self):
        """Forget what was seen and not committed: somebody else was faster."""
        self.env.cr.rollback()
        self.env.invalidate_all()
