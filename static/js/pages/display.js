/** The room display: shows, and never asks. */

import { loadCatalogue } from '../lib/i18n.js';
import { keepScreenOn } from '../lib/wake_lock.js';
import { LiveSession } from '../live/live_session.js';
import '../components/room-display.js';
import '../components/room-lower-third.js';

const { session: id = '', lang = 'en' } = document.body.dataset;
await loadCatalogue(lang);

const session = new LiveSession({ session: id });
Object.assign(/** @type {HTMLElement} */ (document.querySelector('room-display, room-lower-third')), { session });
session.start();
// A projector that sleeps is a room without a display.
keepScreenOn(true);
