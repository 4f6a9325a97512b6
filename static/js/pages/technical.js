/** The technical moderator's screen. */

import { narrateFloor } from '../components/floor_narrator.js';
import { loadCatalogue } from '../lib/i18n.js';
import { keepScreenOn } from '../lib/wake_lock.js';
import { LiveSession } from '../live/live_session.js';
import '../components/technical-page.js';

const { session: id = '', lang = 'en' } = document.body.dataset;
await loadCatalogue(lang);

const session = new LiveSession({ session: id });
narrateFloor(session);
Object.assign(/** @type {HTMLElement} */ (document.querySelector('technical-page')), { session });
session.start();
keepScreenOn(true);
