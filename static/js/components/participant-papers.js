/**
 * What a participant answers and reads beside the list of speakers. It is fetched once the list can be used.
 */
import '/static/js/components/participant-polls.js';
import '/static/js/components/participant-texts.js';
