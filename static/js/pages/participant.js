import '/static/js/components/participant-page.js';
import { loadCatalogue } from '/static/js/lib/i18n.js';
import { LiveSession } from '/static/js/live/live_session.js';

await loadCatalogue(document.documentElement.lang);
const live = new LiveSession({ session: document.body.dataset.session ?? '' });
// Fetched after what everybody needs; what a lost network kept back is fetched at the next change.
live.addEventListener('state', () => void import('/static/js/components/participant-papers.js').catch(() => {}));
/** @type {any} */ (document.querySelector('participant-page')).session = live;
await live.start();
