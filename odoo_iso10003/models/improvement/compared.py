# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import html2plaintext
from odoo.tools.i18n import format_list

from ...core import similar

# so many files are shown, so many are looked at by their words, and by each link
SHOWN, LOOKED_AT, LINKED = 10, 100, 50
# what a link to another file counts beside the similarity of their words
LINKS = {"cause": 2, "product": 1, "partner": 0.5}


class Compared(models.AbstractModel):
    """A file whose complaint is compared with those of other files (8.2).

    By its cause, its product, its complainant, and by the words of its subject and of
    the complaint: of nothing else, and so of no offer, no paper and nothing that is
    privileged. Found are only files that the reader may read.
    """

    _name = "iso10003.compared"
    _description = "File that is compared with others"

    stems = fields.Text(
        "Words of the complaint",
        compute="_compute_stems",
        store=True,
        precompute=True,
        prefetch=False,
        index="trigram",
        help="As they are compared: without endings, each as often as it is there.",
    )
    similar = fields.Json("Similar files", compute="_compute_similar")

    @api.depends("subject", "description")
    def _compute_stems(self):
        for file in self:
            # with a blank on both sides of each, by which whole ones are found
            stems = similar.list_stems(file._read_complaint())
            file.stems = f" {' '.join(stems)} " if stems else ""

    def _read_complaint(self):
        """Return in plain words what is complained of."""
        told = html2plaintext(self.description or "", include_references=False)
        return f"{self.subject or ''}\n{told}"

    @api.depends("cause_id", "partner_id", "stems")
    @api.depends_context("uid", "lang", "allowed_company_ids")
    def _compute_similar(self):
        for file in self:
            file.similar = [
                {
                    "id": other.id,
                    "name": other.name,
                    "subject": other.subject,
                    "why": why,
                }
                for other, why in (file._find_similar() if file.id else ())
            ]

    # ------------------------------------------------------------
    # Which files, and why
    # ------------------------------------------------------------

    def _find_similar(self):
        """Return ``[(file, reasons in words)]``, the most alike first.

        All searches are with the rights of who asks.
        """
        self.ensure_one()
        matches = self._match_words()
        links = self._find_linked()
        alike = {match.key: match for match in matches}
        found = self.browse({*links, *alike})

        def turn(other):
            linked = sum(LINKS[link] for link in links.get(other.id, ()))
            match = alike.get(other.id)
            return -linked - (match.score if match else 0), -other.id

        named = similar.name_stems(self._read_complaint())
        return [
            (other, self._tell_why(other, links, alike, named))
            for other in found.sorted(turn)[:SHOWN]
        ]

    def _get_others(self):
        return Domain("company_id", "=", self.company_id.id) & Domain(
            "id", "!=", self.id
        )

    def _find_linked(self):
        """Return ``{id of a file: by what it is linked to this one}``."""
        cause = self.cause_id
        wanted = {
            "cause": cause and Domain("cause_id", "=", cause.id),
            "product": cause.product and Domain("cause_id.product", "=", cause.product),
            "partner": self.partner_id
            and Domain("partner_id", "=", self.partner_id.id),
        }
        links = {}
        for link, domain in wanted.items():
            if domain:
                for other in self.search(domain & self._get_others(), limit=LINKED):
                    links.setdefault(other.id, []).append(link)
        return links

    def _match_words(self):
        """Return the files that tell of the same, as the core matches them."""
        stems = (self.stems or "").split()
        words = self.env["iso10003.word"]
        counts, total = words._count(set(stems))
        telling = self._choose_telling(stems, counts, total)
        if not telling:
            return []
        others = self.search_fetch(
            Domain.OR([("stems", "ilike", f" {stem} ")] for stem in telling)
            & self._get_others(),
            ["stems"],
            limit=LOOKED_AT,
            order="id desc",
        )
        texts = {other.id: (other.stems or "").split() for other in others}
        theirs = {stem for text in texts.values() for stem in text}
        counts.update(words._count(theirs - counts.keys())[0])
        return similar.compare(stems, texts, similar.Weights(counts, total))

    @api.model
    def _choose_telling(self, stems, counts, total):
        """Return the rarest words, as many as files can be looked at."""
        chosen, files = [], 0
        for stem in similar.choose_telling(stems, counts, total):
            files += counts.get(stem, 1)
            if chosen and files > LOOKED_AT:
                break
            chosen.append(stem)
        return chosen

    def _tell_why(self, other, links, alike, named):
        """Return in words why another file is shown beside this one."""
        told = {
            "cause": self.env._("Same cause: %(cause)s", cause=self.cause_id.name),
            "product": self.env._(
                "Same product: %(product)s", product=self.cause_id.product
            ),
            "partner": self.env._("Same complainant"),
        }
        why = [told[link] for link in links.get(other.id, ())]
        if other.id in alike:
            words = [
                named.get(stem, stem).lower() for stem in alike[other.id].stems[:8]
            ]
            listed = format_list(self.env, words, "unit")
            why.append(self.env._("Same words: %(words)s", words=listed))
        return why
