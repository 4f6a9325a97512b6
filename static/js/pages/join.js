import '/static/js/components/join-form.js';
import { loadCatalogue } from '/static/js/lib/i18n.js';

await loadCatalogue(document.documentElement.lang);
