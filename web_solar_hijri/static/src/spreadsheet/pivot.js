// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {OdooPivotModel} from "@spreadsheet/pivot/pivot_model";
import {patch} from "@web/core/utils/patch";

// Formulas of a spreadsheet name a month as “11/2026”, whoever reads it. So its pivots
// have Gregorian periods: with solar ones, November would stand over the sum of Azar.
patch(OdooPivotModel.prototype, {
    _getGroupsSubdivision(params, groupInfo) {
        const context = {...params.kwargs?.context, gregorian_periods: true};
        const kwargs = {...params.kwargs, context};
        return super._getGroupsSubdivision({...params, kwargs}, groupInfo);
    },
});
