# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

# what gates said of where a field is, and what they say now
ADVICE = {
    "en_US": {
        "Choose the complainant under “Parties”; the contact needs "
        "an e-mail, a phone or a street.": "Choose the complainant; the contact needs "
        "an e-mail, a phone or a street.",
        "Choose a category under “About”.": "Choose a category, "
        "beside the complainant.",
    },
    "fa_IR": {
        "در بخش «طرفین» شاکی را برگزینید؛ مخاطب باید "
        "ایمیل، تلفن یا نشانی داشته باشد.": "شاکی را برگزینید؛ مخاطب باید "
        "ایمیل، تلفن یا نشانی داشته باشد.",
        "در بخش «موضوع» یک دسته‌بندی برگزینید.": "در کنار شاکی یک دسته‌بندی برگزینید.",
    },
}


def migrate(cr, version):
    """Let shipped gates lead to where fields are now, unless somebody reworded them."""
    for lang, words in ADVICE.items():
        for former, present in words.items():
            cr.execute(
                """UPDATE iso10003_gate
                      SET advice = advice || jsonb_build_object(%(lang)s, %(present)s)
                    WHERE advice ->> %(lang)s = %(former)s""",
                {"lang": lang, "former": former, "present": present},
            )
