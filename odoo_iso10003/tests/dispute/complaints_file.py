# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A complaints export to import: the real one where it is, else one like it.

The real one are 1,000 rows of the Consumer Complaint Database of the US Consumer
Financial Protection Bureau. It lies beside the checkout, or where the variable
``ISO10003_COMPLAINTS`` says, and is no part of the project.
"""

import csv
import os
import random
from pathlib import Path

REAL_FILE = Path(__file__).parents[3].parent / "shared/data/cfpb_complaints.csv"
ROWS = 1000
DISPUTED = 211

COLUMNS = (
    "date_received",
    "product",
    "sub_product",
    "issue",
    "sub_issue",
    "consumer_complaint_narrative",
    "company_public_response",
    "company",
    "state",
    "zipcode",
    "tags",
    "consumer_consent_provided",
    "submitted_via",
    "date_sent_to_company",
    "company_response_to_consumer",
    "timely_response",
    "consumer_disputed?",
    "complaint_id",
)

# what the real file is made of: commas, apostrophes, ampersands, many gaps
PRODUCTS = {
    "Mortgage": ("Loan modification,collection,foreclosure", "Settlement process"),
    "Debt collection": ("Cont'd attempts collect debt not owed", "False statements"),
    "Credit reporting": ("Incorrect information on credit report",),
    "Credit card": ("Billing disputes", "APR or interest rate"),
    "Bank account or service": ("Deposits and withdrawals",),
    "Student loan": ("Repaying your loan",),
    "Consumer Loan": ("Managing the loan or lease",),
    "Money transfers": ("Fraud or scam",),
}
SUB_PRODUCTS = ("", "Checking account", "Other (i.e. phone, health club, etc.)")
SUB_ISSUES = ("", "", "", "Debt is not mine", "Frequent or repeated calls")
COMPANIES = ("Bank of Example", "Example & Company", "J.P. Example & Co.", "O'Loans")
TAGS = ("", "", "", "", "Older American", "Older American, Servicemember")
CHANNELS = ("Web", "Web", "Web", "Postal mail", "Referral", "Phone", "Fax", "Email")
ANSWERS = ("Closed with explanation", "Closed with monetary relief", "Closed")


def read_complaints():
    """Return the rows as dictionaries by column."""
    path = os.environ.get("ISO10003_COMPLAINTS") or REAL_FILE
    if path == REAL_FILE and not REAL_FILE.exists():
        return generate_complaints()
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def generate_complaints(rows=ROWS, disputed=DISPUTED):
    dice = random.Random(10003)
    answers = ["Yes"] * disputed + ["No"] * (rows - disputed)
    dice.shuffle(answers)
    return [_generate_complaint(dice, 510000 + i, answers[i]) for i in range(rows)]


def _generate_complaint(dice, number, disputed):
    product = dice.choice(list(PRODUCTS))
    values = (
        f"{dice.randint(8, 10)}/{dice.randint(1, 30)}/2013",
        product,
        dice.choice(SUB_PRODUCTS),
        dice.choice(PRODUCTS[product]),
        dice.choice(SUB_ISSUES),
        "",
        "",
        dice.choice(COMPANIES),
        dice.choice(("CA", "FL", "TX", "NY", "")),
        f"{dice.randint(501, 99950):05d}",
        dice.choice(TAGS),
        "",
        dice.choice(CHANNELS),
        f"10/{dice.randint(1, 31)}/2013",
        dice.choice(ANSWERS),
        "Yes" if number % 62 else "No",
        disputed,
        str(number),
    )
    return dict(zip(COLUMNS, values, strict=True))
