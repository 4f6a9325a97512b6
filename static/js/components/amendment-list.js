/**
 * `<amendment-list>`: what was proposed to a recommendation, with the change in words: to be taken in, or set aside.
 */

import { html, nothing, repeat } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { amendmentStateName, waitingAmendments, whoseText } from '../lib/recommendation_people.js';
import { commandButton } from './command_button.js';
import { SessionElement } from './session_element.js';
import { wordChanges } from './word_changes.js';

/** @typedef {import('../lib/wire_documents.js').Amendment} Amendment */
/** @typedef {import('../lib/wire_documents.js').Recommendation} Recommendation */
/** @typedef {import('../lib/wire_documents.js').Version} Version */

export class AmendmentList extends SessionElement {
  static properties = { ...SessionElement.properties, recommendation: {}, versions: { attribute: false } };

  static keys = ['recommendation/', 'may/', 'me/person', 'programme'];

  constructor() {
    super();
    /** The recommendation's id. */
    this.recommendation = '';
    /** All that are known, for those that were proposed to an earlier one. @type {Version[]} */
    this.versions = [];
  }

  render() {
    /** @type {Recommendation|undefined} */
    const text = this.get(`recommendation/${this.recommendation}`);
    const amendments = text?.amendments ?? [];
    if (!text || !amendments.length) return html`<p class="quiet small">${_('None was proposed.')}</p>`;
    const waiting = waitingAmendments(amendments);
    const over = amendments.filter((each) => !waiting.includes(each)).reverse();
    return html`<ul class="amendments">${repeat([...waiting, ...over], ({ id }) => id, (each) => this.#amendment(each, text))}</ul>`;
  }

  /** @param {Amendment} amendment @param {Recommendation} text */
  #amendment(amendment, text) {
    const { id, version, state } = amendment;
    const whose = whoseText(amendment.proposed_by, this.get('programme')?.groups) || _('the rapporteurs');
    return html`<li class="amendment" data-state=${state}>
      <p class="small"><b><bdi>${whose}</bdi></b> <span class="quiet">${_('to version {version}', { version })} · ${amendmentStateName(amendment)}</span></p>
      <p class="changes" dir="auto">${wordChanges(this.#base(version, text), amendment.text)}</p>
      ${state === 'taken_in' ? nothing : html`<div class="row">
        ${commandButton({
          id: `take-in-${id}`, look: state === 'set_aside' ? '' : 'act', label: _('Take in…'), name: `${_('Take in…')} ${whose}`,
          whyNot: this.session.whyNot('recommendation.revise'), run: () => this.#takeIn(id),
        })}
        ${commandButton({
          id: `set-aside-${id}`, label: state === 'set_aside' ? _('Take up again') : _('Set aside'), name: `${state === 'set_aside' ? _('Take up again') : _('Set aside')}: ${whose}`,
          whyNot: this.session.whyNot('recommendation.set_aside'), run: () => this.act('recommendation.set_aside', { recommendation: text.id, amendment: id, set_aside: state !== 'set_aside' }),
        })}</div>`}
    </li>`;
  }

  /** @param {number} version @param {Recommendation} text */
  #base(version, text) {
    if (version === text.version) return text.text;
    const known = this.versions.find((each) => each.version === version) ?? (text.previous?.version === version ? text.previous : null);
    return known?.text ?? text.text;
  }

  /** @param {string} amendment */
  #takeIn(amendment) {
    this.dispatchEvent(new CustomEvent('take-in', { detail: amendment, bubbles: true }));
  }
}

customElements.define('amendment-list', AmendmentList);
