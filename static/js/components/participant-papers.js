/**
 * What a participant answers, reads and looks up, and does with a place beside keeping it. It is fetched once the list can be used.
 */
import '/static/js/components/participant-called.js';
import '/static/js/components/participant-device.js';
import '/static/js/components/participant-exchange.js';
import '/static/js/components/participant-offers.js';
import '/static/js/components/participant-polls.js';
import '/static/js/components/participant-sessions.js';
import '/static/js/components/participant-text.js';
import '/static/js/components/participant-texts.js';
