import '/static/js/components/enter-by-link.js';
import { loadCatalogue } from '/static/js/lib/i18n.js';

await loadCatalogue(document.documentElement.lang);
