/**
 * `<participant-recommendation>`: a text under discussion on a phone: what changed, what was proposed to it, and one's own part.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { bracketed } from '/static/js/components/bracketed_text.js';
import '/static/js/components/participant-position.js';
import '/static/js/components/participant-proposal.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { wordChanges } from '/static/js/components/word_changes.js';
import { _ } from '/static/js/lib/i18n.js';
import { textName } from '/static/js/lib/poll_words.js';
import { recommendationStatusName } from '/static/js/lib/recommendation_names.js';
import { amendmentStateName, positionsText, waitingAmendments, whoseText } from '/static/js/lib/recommendation_people.js';

/** @typedef {import('/static/js/lib/wire_documents.js').Amendment} Amendment */
/** @typedef {import('/static/js/lib/wire_documents.js').Recommendation} Recommendation */

const LATEST_OVER = 2;

class ParticipantRecommendation extends SessionElement {
  static properties = { ...SessionElement.properties, recommendation: {} };

  static keys = ['recommendation/', 'may/', 'me/', 'programme'];

  constructor() {
    super();
    /** The recommendation's id. */
    this.recommendation = '';
  }

  render() {
    /** @type {Recommendation|undefined} */
    const text = this.get(`recommendation/${this.recommendation}`);
    if (!text) return nothing;
    const whose = whoseText(text.proposed_by ?? null, this.get('programme')?.groups);
    return html`<article aria-labelledby="text-${text.id}">
      <h2 class="label" id="text-${text.id}">${textName(/** @type {any} */ (text))} · ${_('version {version}', { version: text.version })} · ${recommendationStatusName(text.status)}</h2>
      ${whose ? html`<p class="quiet small">${_('put forward by')} <bdi>${whose}</bdi></p>` : nothing}
      ${text.title ? html`<p dir="auto"><b>${text.title}</b></p>` : nothing}
      <p class="text" dir="auto">${bracketed(text.text)}</p>
      ${text.previous ? html`<details class="inner"><summary>${_('What changed since version {version}', { version: text.previous.version })}</summary><p class="changes" dir="auto">${wordChanges(text.previous.text, text.text)}</p></details>` : nothing}
      ${this.#amendments(text)}
      ${text.position_counts && positionsText(text.position_counts) ? html`<p class="quiet small">${_('Positions')}: ${positionsText(text.position_counts)}</p>` : nothing}
      <participant-position .session=${this.session} recommendation=${text.id}></participant-position>
      <participant-proposal .session=${this.session} recommendation=${text.id}></participant-proposal>
    </article>`;
  }

  /** @param {Recommendation} text */
  #amendments(text) {
    const all = text.amendments ?? [];
    const waiting = waitingAmendments(all);
    const over = all.filter((each) => !waiting.includes(each)).slice(-LATEST_OVER);
    const shown = [...waiting, ...over];
    return shown.length ? html`<details class="inner"><summary>${_('Amendments')} · ${shown.length}</summary><ul class="amendments">${shown.map((each) => this.#amendment(each, text))}</ul></details>` : nothing;
  }

  /** @param {Amendment} amendment @param {Recommendation} text */
  #amendment(amendment, text) {
    const mine = this.get('me/recommendations')?.[text.id]?.amendments.includes(amendment.id);
    const whose = mine ? _('Yours') : whoseText(amendment.proposed_by, this.get('programme')?.groups) || _('the rapporteurs');
    const before = [text, text.previous].find((each) => each?.version === amendment.version);
    return html`<li data-state=${amendment.state}><p class="small"><b><bdi>${whose}</bdi></b> <span class="quiet">${_('to version {version}', { version: amendment.version })} · ${amendmentStateName(amendment)}</span></p>
      <p class="changes" dir="auto">${before ? wordChanges(before.text, amendment.text) : bracketed(amendment.text)}</p></li>`;
  }
}

customElements.define('participant-recommendation', ParticipantRecommendation);
