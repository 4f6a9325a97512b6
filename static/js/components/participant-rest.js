/**
 * `<participant-rest>`: what is there besides the moment, kept quiet.
 */
import { html, nothing } from '/static/vendor/lit.js';
import '/static/js/components/participant-order.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { _ } from '/static/js/lib/i18n.js';

const OVER = new Set(['closed', 'finalised']);

class ParticipantRest extends SessionElement {
  static properties = { ...SessionElement.properties, moment: { attribute: false } };

  static keys = ['session', 'me/person'];

  constructor() {
    super();
    /** @type {import('/static/js/lib/participant_moment.js').Moment|null} */
    this.moment = null;
  }

  render() {
    const [me, session] = [this.get('me/person'), this.get('session')];
    if (!me || !session) return nothing;
    const takesPart = this.moment?.why !== 'not_allowed';
    return html`
      <participant-texts .session=${this.session}></participant-texts>
      ${takesPart && session.status === 'open'
        ? html`<participant-order .session=${this.session} .beside=${this.moment?.beside ?? []} .ruled=${ruled(this.moment)}></participant-order>` : nothing}
      ${takesPart && !OVER.has(session.status) ? html`<participant-called attendance=${me.attendance} platform=${me.platform_name ?? ''}></participant-called>` : nothing}
      <participant-device></participant-device>
      <participant-sessions current=${session.id}></participant-sessions>
      <p class="quiet small who-am-i">${_('You are')} <bdi lang=${me.language ?? nothing}>${me.name}</bdi>. ${attribution(session.attribution_mode)}</p>`;
  }
}

/**
 * Return the own point of order that was ruled on, for those who are on the list; others read it in the thanks.
 * @param {import('/static/js/lib/participant_moment.js').Moment|null} moment
 */
function ruled(moment) {
  return moment?.request && moment.last?.ruling ? moment.last : null;
}

/** @param {string} mode */
function attribution(mode) {
  if (mode === 'non_attributed') return _('The record of this session names no speaker and no organisation.');
  if (mode === 'affiliation_only') return _('The record of this session names organisations, not people.');
  return _('The record of this session names who spoke.');
}

customElements.define('participant-rest', ParticipantRest);
