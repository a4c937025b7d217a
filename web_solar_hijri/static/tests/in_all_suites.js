// @odoo-module ignore
// Copyright 2026 web_solar_hijri contributors
// License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

// A suite of tests loads only the addons that its own addon depends on. In a browser,
// this addon is loaded beside all others: so it is here, as soon as what it changes is.
(function () {
    const {prototype} = odoo.loader.constructor;
    const {startModule} = prototype;
    const isOurs = (name) => /^@web_solar_hijri\/(?!\.\.\/tests)/.test(name);

    prototype.startModule = function () {
        const module = startModule.apply(this, arguments);
        for (const [name, {deps}] of this.factories) {
            if (
                isOurs(name) &&
                !this.modules.has(name) &&
                deps.every((dep) => this.modules.has(dep))
            ) {
                prototype.startModule.call(this, name);
            }
        }
        return module;
    };
})();
