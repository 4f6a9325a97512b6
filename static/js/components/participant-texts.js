/**
 * `<participant-texts>`: what is there to read: the texts under discussion, results of polls, and the notes that were released.
 */
import { html, nothing } from '/static/vendor/lit.js';
import '/static/js/components/clipped-text.js';
import { pollSummary } from '/static/js/components/poll_summary.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { _ } from '/static/js/lib/i18n.js';
import { noteKindName } from '/static/js/lib/note_kinds.js';
import { aboutText, textName } from '/static/js/lib/poll_words.js';
import { closedPolls, textsInOrder } from '/static/js/lib/polls.js';
import { recommendationStatusName } from '/static/js/lib/recommendation_names.js';

class ParticipantTexts extends SessionElement {
  static keys = ['recommendation/', 'poll/', 'note/', 'me/answers'];

  render() {
    const texts = textsInOrder(this.all('recommendation/'));
    const polls = closedPolls(this.all('poll/'));
    /** @type {import('/static/js/lib/wire_documents.js').Note[]} */
    const notes = this.all('note/').sort((a, b) => (a.rank < b.rank ? -1 : 1));
    return html`
      ${texts.length ? part(_('Texts under discussion'), texts.map((text) => html`<li>
        <p class="label">${textName(text)} · ${_('version {version}', { version: text.version })} · ${recommendationStatusName(/** @type {any} */ (text.status))}</p>
        ${text.title ? html`<p dir="auto"><b>${text.title}</b></p>` : nothing}<clipped-text .text=${text.text}></clipped-text></li>`)) : nothing}
      ${polls.length ? part(_('Results of polls'), polls.map((poll) => html`<li>
        <p class="label">${aboutText(poll, this.get(`recommendation/${poll.recommendation}`))}</p>
        ${poll.recommendation ? nothing : html`<clipped-text .text=${poll.question}></clipped-text>`}
        ${pollSummary(poll, { own: this.get('me/answers')?.[poll.id]?.option ?? null })}</li>`)) : nothing}
      ${notes.length ? part(_('Notes of the session'), notes.map((note) => html`<li>
        <p class="label">${noteKindName(note.kind)}</p><clipped-text .text=${note.text}></clipped-text></li>`)) : nothing}`;
  }
}

/** @param {string} title @param {unknown[]} items */
function part(title, items) {
  return html`<details class="quiet-part"><summary>${title} · ${items.length}</summary><ul class="quiet-part-in texts">${items}</ul></details>`;
}

customElements.define('participant-texts', ParticipantTexts);
