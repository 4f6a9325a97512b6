/**
 * `<segment-stepper>`: where the session stands, and one tap to the next part of it.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { segmentName } from '../lib/names.js';
import { refusalSentence } from '../lib/refusals.js';
import { SessionElement } from './session_element.js';
import { toast } from './toast.js';

export class SegmentStepper extends SessionElement {
  static paced = true;

  static keys = ['session', 'programme', 'may/', 'me/person'];

  render() {
    const segments = this.get('programme')?.segments ?? [];
    if (!segments.length) return nothing;
    const current = this.get('session')?.segment;
    const whyNot = this.session.whyNot('session.segment');
    return html`<div class="steps" role="group" aria-label=${_('Part of the session')}>${segments.map((/** @type {{id: string, kind: string}} */ { id, kind }) => html`
      <button type="button" aria-current=${id === current ? 'step' : nothing} aria-disabled=${whyNot ? 'true' : nothing}
        title=${whyNot ? refusalSentence(whyNot) : nothing} @click=${() => this.#go(id)}>${segmentName(kind)}</button>`)}
    </div>`;
  }

  /** What holds now counts, not what was drawn a moment ago. @param {string} segment */
  #go(segment) {
    if (segment === this.get('session')?.segment) return;
    const whyNot = this.session.whyNot('session.segment');
    if (whyNot) toast(refusalSentence(whyNot));
    else this.act('session.segment', { segment });
  }
}

customElements.define('segment-stepper', SegmentStepper);
