/** A draft of one agenda item. */

import { loadCatalogue } from '../lib/i18n.js';

await loadCatalogue(document.body.dataset.lang ?? 'en');
await import('../components/draft-page.js');
