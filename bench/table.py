# Copyright 2026 The odoo_iso10003 contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One table of all ratios."""

HEAD = ("", "ours", "peer", "ratio", "aim", "", "queries", "of peer")


def rows(results):
    for result in results:
        per_record = "batch" in result
        yield (
            result["what"] + (" (each)" if per_record else ""),
            _tell(result, "ours"),
            _tell(result, "peer"),
            f"{result['ratio']:.2f}",
            "" if result["aim"] is None else f"≤ {result['aim']:g}",
            verdict(result),
            f"{result['queries']:.2f}",
            f"{result['peer_queries']:.2f}",
        )


def _tell(result, side):
    if "unit" in result:
        return f"{result[side]:.0f} {result['unit']}"
    return f"{1000 * result[side]:.2f} ms"


def verdict(result):
    if result["aim"] is None:
        return ""
    return "ok" if result["ratio"] <= result["aim"] else "OVER"


def draw(results):
    lines = [HEAD, *rows(results)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]
    for line in lines:
        first, *rest = (
            cell.rjust(width) if i else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join((first, *rest)).rstrip())
