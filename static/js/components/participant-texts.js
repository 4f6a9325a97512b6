/**
 * `<participant-texts>`: what is there to read: the texts under discussion, results of polls, and the notes that were released.
 */
import { html, nothing, repeat } from '/static/vendor/lit.js';
import '/static/js/components/clipped-text.js';
import '/static/js/components/participant-proposal.js';
import '/static/js/components/participant-recommendation.js';
import { pollSummary } from '/static/js/components/poll_summary.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { _ } from '/static/js/lib/i18n.js';
import { noteKindName } from '/static/js/lib/note_kinds.js';
import { aboutText } from '/static/js/lib/poll_words.js';
import { closedPolls, textsInOrder } from '/static/js/lib/polls.js';

class ParticipantTexts extends SessionElement {
  static keys = ['recommendation/', 'poll/', 'note/', 'me/answers', 'me/person', 'may/'];

  render() {
    const texts = textsInOrder(this.all('recommendation/'));
    const mayPropose = this.session.whyNot('recommendation.propose') !== 'not_allowed';
    const polls = closedPolls(this.all('poll/'));
    /** @type {import('/static/js/lib/wire_documents.js').Note[]} */
    const notes = this.all('note/').sort((a, b) => (a.rank < b.rank ? -1 : 1));
    return html`
      ${texts.length || mayPropose ? part(_('Texts under discussion'), repeat(texts, ({ id }) => id, ({ id }) => html`<li><participant-recommendation .session=${this.session} recommendation=${id}></participant-recommendation></li>`),
        { count: texts.length, below: html`<participant-proposal .session=${this.session}></participant-proposal>` }) : nothing}
      ${polls.length ? part(_('Results of polls'), polls.map((poll) => html`<li>
        <p class="label">${aboutText(poll, this.get(`recommendation/${poll.recommendation}`))}</p>
        ${poll.recommendation ? nothing : html`<clipped-text .text=${poll.question}></clipped-text>`}
        ${pollSummary(poll, { own: this.get('me/answers')?.[poll.id]?.option ?? null })}</li>`)) : nothing}
      ${notes.length ? part(_('Notes of the session'), notes.map((note) => html`<li>
        <p class="label">${noteKindName(note.kind)}</p><clipped-text .text=${note.text}></clipped-text></li>`)) : nothing}`;
  }
}

/** @param {string} title @param {any} items @param {{count?: number, below?: unknown}} [more] */
function part(title, items, { count = items.length, below = nothing } = {}) {
  return html`<details class="quiet-part"><summary>${title} · ${count}</summary><ul class="quiet-part-in texts">${items}</ul>${below}</details>`;
}

customElements.define('participant-texts', ParticipantTexts);
