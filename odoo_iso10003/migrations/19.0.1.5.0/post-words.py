# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from lxml import etree

from odoo import SUPERUSER_ID, api
from odoo.tools import SQL, file_open
from odoo.tools.convert import xml_import

ADDON = "odoo_iso10003"
STARTERS = f"{ADDON}/data/conformity/starter_documents.xml"

# Persian words of records that an organization makes its own, and what they say now
WORDS = {
    ("iso10003_requirement", "name"): {
        "آیا روش‌ها، هزینه، آثار و راه‌های دیگر همگانی است یا به درخواست داده "
        "می‌شود؟": "آیا روش‌ها، هزینه، آثار و راه‌های دیگر عمومی است یا به درخواست "
        "داده می‌شود؟",
        "آیا گواهینامه‌هایی که نهاد گواهی‌دهنده نخست می‌خواهد موجود و معتبر "
        "است؟": "آیا گواهینامه‌هایی که نهاد گواهی‌کننده نخست می‌خواهد موجود و معتبر است؟",
        "آیا قانون حاکم بررسی شد: حقوق غیرقابل اسقاط مصرف‌کننده و مرور "
        "زمان؟": "آیا قانون حاکم بررسی شد: حقوق غیرقابل اسقاط مصرف‌کننده و مهلت "
        "قانونی طرح دعوا؟",
        "آیا اجرای دیرهنگام یا انجام‌نشده عدم انطباق شمرده شد؟": "آیا ایفای دیرهنگام "
        "یا عدم ایفای تعهد، عدم انطباق شمرده شد؟",
    },
    ("iso10003_gate", "name"): {
        "آگاه‌کردن شاکی از حل اختلاف در خارج از سازمان و سایر راه‌های احقاق "
        "حق": "آگاه‌کردن شاکی از حل اختلاف در خارج از سازمان و سایر راه‌های پیگیری",
    },
    ("hr_skill", "name"): {"ارزیابی اختلاف‌ها": "ارزیابی اختلافات"},
    ("res_groups", "name"): {"کارشناس رسیدگی": "رسیدگی‌کننده"},
}


def migrate(cr, version):
    """Let the words of an older version be those of this one.

    What an organization wrote itself stays: of its records only those are renewed
    that are as they came.
    """
    env = api.Environment(cr, SUPERUSER_ID, {})
    for (table, column), words in WORDS.items():
        for former, present in words.items():
            cr.execute(
                SQL(
                    """UPDATE %(table)s
                          SET %(column)s = %(column)s
                                           || jsonb_build_object('fa_IR', %(present)s)
                        WHERE %(column)s ->> 'fa_IR' = %(former)s""",
                    table=SQL.identifier(table),
                    column=SQL.identifier(column),
                    present=present,
                    former=former,
                )
            )
    _renew_starters(env)
    # of labels, menus and views, an update alone would keep the former translation
    env.ref(f"base.module_{ADDON}")._update_translations(overwrite=True)


def _renew_starters(env):
    """Give the texts to begin with as they are now where nobody changed them.

    A record that was changed after it came has another time of writing.
    """
    with file_open(STARTERS, mode="rb") as file:
        rows = etree.parse(file).getroot()
    for row in rows.iter("record"):
        document = env.ref(f"{ADDON}.{row.get('id')}", raise_if_not_found=False)
        if not document or document.write_date != document.create_date:
            continue
        # translations of the former text would stand beside the new one
        env.cr.execute(
            "UPDATE iso10003_starter_document SET body = NULL WHERE id = %s",
            [document.id],
        )
        document.invalidate_recordset()
        xml_import(env, ADDON, {}, "init", noupdate=True)._tag_record(row)
        env.flush_all()
        # it is as it came again, for a version to come
        env.cr.execute(
            "UPDATE iso10003_starter_document SET write_date = create_date "
            "WHERE id = %s",
            [document.id],
        )
