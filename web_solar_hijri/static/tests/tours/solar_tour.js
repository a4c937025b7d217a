// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import {registry} from "@web/core/registry";

// What the browser itself says of today: the tours take nothing from the addon.
const inBrowser = (locale, options) =>
    new Intl.DateTimeFormat(locale, {timeZone: "UTC", ...options}).format(new Date());
const THIS_MONTH = {month: "long", year: "numeric"};

const press = (content, trigger) => ({content, trigger, run: "click"});
const see = (content, trigger) => ({content, trigger});
const INPUT = ".o_field_widget[name=name] input";

const type = (text) => [
    {content: `Type ${text}`, trigger: INPUT, run: `edit ${text}`},
    {content: "Leave the field", trigger: INPUT, run: "press Tab"},
];
const save = [
    press("Save", ".o_form_button_save:enabled"),
    see("It is saved", ".o_form_saved"),
];
const create = (...steps) => [
    press("Begin anew", ".o_form_button_create"),
    see("It is new", ".o_breadcrumb:contains(/New|جدید/)"),
    ...steps,
    ...save,
];
const backToList = [
    press("Go to the list", ".o_back_button, .breadcrumb-item a"),
    see("The list", ".o_list_view"),
];
const solarMonth = [
    press("Look at the calendar", ".o_switch_view.o_calendar"),
    see(
        "It is that of the solar month",
        `.o_calendar_header h5:contains('${inBrowser("fa-u-ca-persian", {
            month: "long",
        })}')`
    ),
    see(
        "Its first day is the first cell of the month",
        ".fc-daygrid-day:not(.fc-day-other):first .fc-daygrid-day-number:contains(/^۱$/)"
    ),
    see(
        "Today is the day that the browser says",
        `.fc-day-today .fc-daygrid-day-number:contains(/^${inBrowser(
            "fa-u-ca-persian",
            {day: "numeric"}
        )}$/)`
    ),
    see("So it is beside", ".o_calendar_sidebar .o_today:contains(/[۰-۹]/)"),
];

/** Each way of entering a date, one after the other, each in a record of its own. */
registry.category("web_tour.tours").add("web_solar_hijri_entering", {
    steps: () => [
        press("Begin", ".o_list_button_add"),
        ...type("۱۴۰۵/۰۱/۰۸"),
        see("It stands there", ".o_field_widget[name=name]:contains(/۸ فروردین/)"),
        ...save,
        ...create(...type("1405/2/8")),
        ...create(...type("1405-03-08")),
        ...create(...type("۸ تیر ۱۴۰۵")),
        ...create(...type("8 مرداد")),
        ...create(...type("2026-09-29")),
        ...create(...type("+3d")),
        ...create(
            press("Open the picker", INPUT),
            see(
                "It has solar months",
                ".o_datetime_picker .o_header_part:contains(/۱[۳۴]/)"
            ),
            press("Go on", ".o_datetime_picker .o_next"),
            press(
                "Choose a day",
                ".o_datetime_picker .o_date_item_cell:not(.o_out_of_range):contains(/^۱۸$/)"
            )
        ),
        press("Begin anew", ".o_form_button_create"),
        see("It is new", ".o_breadcrumb:contains(/New|جدید/)"),
        ...type("1405/13/01"),
        see("What cannot be read stays", `${INPUT}:value(1405/13/01)`),
        see("It is marked", ".o_field_widget[name=name].o_field_invalid"),
        ...type("1405/12/01"),
        see("Put right", ".o_field_widget[name=name]:not(.o_field_invalid)"),
        ...save,
    ],
});

/** Where dates are shown. */
registry.category("web_tour.tours").add("web_solar_hijri_showing", {
    steps: () => [
        see("This year's without the year", "[name=name]:contains(/^۸ فروردین$/)"),
        see("Another year's with it", "[name=name]:contains(/^۲۰ دی ۱۴۰۴$/)"),
        see("And numbers", "[name=rate]:contains(/۲/)"),
        press("Open one", ".o_data_cell[name=rate]:first"),
        see(
            "The form",
            ".o_field_widget[name=name] button[data-tooltip*='۱۴۰'], .o_field_widget[name=name]:contains(/[۰-۹]/)"
        ),
        press("Click the date", ".o_field_widget[name=name] button"),
        see("In full", `${INPUT}:value(/^۱۴۰[۰-۹]\\/[۰-۹]{2}\\/[۰-۹]{2}$/)`),
        ...backToList,
        press("Look at cards", ".o_switch_view.o_kanban"),
        see("Cards", ".o_kanban_record:contains(/۸ فروردین/)"),
        ...solarMonth,
        press("Search", ".o_searchview_dropdown_toggler"),
        press("By date", ".o_filter_menu .o_accordion_toggle"),
        press(
            "This month",
            `.o_filter_menu .o_item_option:contains('${inBrowser("fa-u-ca-persian", {
                month: "long",
            })}')`
        ),
        see("The facet has its year", ".o_searchview_facet:contains(/ ۱۴[۰-۹]{2}/)"),
    ],
});

/** Somebody who counts in the Gregorian calendar sees and stores what stock Odoo does. */
registry.category("web_tour.tours").add("web_solar_hijri_stock", {
    steps: () => [
        press("Begin", ".o_list_button_add"),
        ...type("03/28/2026"),
        see("It stands there", ".o_field_widget[name=name]:contains(/^Mar 28/)"),
        ...save,
        ...create(...type("+3d")),
        press("Begin anew", ".o_form_button_create"),
        see("It is new", ".o_breadcrumb:contains(/New/)"),
        ...type("nonsense"),
        see("Odoo puts the old date back", `${INPUT}:value(/^$|[0-9]/)`),
        press("Discard, which leads back", ".o_form_button_cancel"),
        see("The list", ".o_data_cell[name=name]:contains(/^Mar 28/)"),
        press("Look at the calendar", ".o_switch_view.o_calendar"),
        see(
            "It is that of the month",
            `.o_calendar_header h5:contains('${inBrowser("en", THIS_MONTH)}')`
        ),
    ],
});
