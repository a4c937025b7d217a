// Copyright 2026 The odoo_iso10003 contributors
// License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import {Breadcrumbs} from "@web/search/breadcrumbs/breadcrumbs";
import {ListRenderer} from "@web/views/list/list_renderer";
import {patch} from "@web/core/utils/patch";

const FROM_THE_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}]/u;
const TEXTS = ["char", "many2one", "text"];

/**
 * The direction in which a text is read, so that it is cut at its own end. `auto` would
 * go by its first letter, and that of “DSP/2026/00001 · یخچال” is one of the number.
 */
export const readingDirection = (text) =>
    FROM_THE_RIGHT.test(text || "") ? "rtl" : "auto";

patch(Breadcrumbs.prototype, {readingDirection});

patch(ListRenderer.prototype, {
    getReadingDirection({fieldType, name}, {data}) {
        return (
            TEXTS.includes(fieldType) &&
            readingDirection(data[name]?.display_name || data[name])
        );
    },
});
