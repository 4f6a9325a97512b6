import { loadCatalogue } from '/static/js/lib/i18n.js';

await loadCatalogue(document.documentElement.lang);
await import('/static/js/components/secretariat-page.js');
