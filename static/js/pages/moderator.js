/** The moderator's tablet. */

import { loadCatalogue } from '../lib/i18n.js';
import { LiveSession } from '../live/live_session.js';
import { narrateFloor } from '../components/floor_narrator.js';
import { cueDevice } from '../components/device_cues.js';
import '../components/moderator-page.js';

const { session: id = '', lang = 'en' } = document.body.dataset;
await loadCatalogue(lang);

const session = new LiveSession({ session: id });
narrateFloor(session);
cueDevice(session);
Object.assign(/** @type {HTMLElement} */ (document.querySelector('moderator-page')), { session });
session.start();
