/**
 * Lets Node find the screens' modules by the addresses that browsers know: `/static/js/lib/durations.js`.
 *
 * `node --import ./tests/js/as_served.js --test …`
 */

import { registerHooks } from "node:module";

const ROOT = new URL("../../", import.meta.url);

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    nextResolve(specifier.startsWith("/static/") ? new URL(`.${specifier}`, ROOT).href : specifier, context),
});
