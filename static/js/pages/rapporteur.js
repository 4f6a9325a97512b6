/** The rapporteur's laptop. */

import { loadCatalogue } from '../lib/i18n.js';
import { LiveSession } from '../live/live_session.js';
import { inOne } from '../live/shared_text.js';

const { session: id = '', lang = 'en' } = document.body.dataset;
await loadCatalogue(lang);
await import('../components/rapporteur-page.js');

const session = new LiveSession({ session: id, inOne });
Object.assign(/** @type {HTMLElement} */ (document.querySelector('rapporteur-page')), { session });
session.start();
