/** The room display: shows, and never asks. */

import { loadCatalogue } from '../lib/i18n.js';
import { LiveSession } from '../live/live_session.js';
import '../components/room-display.js';

const { session: id = '', lang = 'en' } = document.body.dataset;
await loadCatalogue(lang);

const session = new LiveSession({ session: id });
Object.assign(/** @type {HTMLElement} */ (document.querySelector('room-display')), { session });
session.start();
// A projector that sleeps is a room without a display; over plain HTTP there is no such lock.
navigator.wakeLock?.request('screen').catch(() => {});
