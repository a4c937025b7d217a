// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {isPersian, isSolar} from "@web_solar_hijri/core/calendar";
import {normalize} from "@web/core/l10n/utils";
import {normalized} from "@web_solar_hijri/core/reading";

const BESIDE_LETTERS =
    / +(?=\p{Script=Arabic})|(?<=\p{Script=Arabic}) +|[\u0621\u0640]/gu;
const LETTERS = {
    ى: "ی",
    ې: "ی",
    ڪ: "ک",
    ګ: "ک",
    ة: "ه",
    ۀ: "ه",
    ە: "ه",
    ھ: "ه",
    ہ: "ه",
};

/**
 * Menus, commands and choices are found however they are written: Odoo compares what it
 * makes of both texts, without accents. The same rules as in `folding.py`.
 */
normalize.instead = (text) => {
    if (!(isPersian() || isSolar())) {
        return normalize.original(text);
    }
    const plain = normalize.original(text.replaceAll("ؤو", "ئو"));
    return normalized(plain)
        .replace(/[ىېڪګةۀەھہ]/g, (letter) => LETTERS[letter])
        .replace(BESIDE_LETTERS, "");
};
