/**
 * The heading of a group of notes: when, who, from where, and how long; or the time at which nothing was attached.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { clockTime, minutesText, spokenSeconds } from '../lib/durations.js';
import { _ } from '../lib/i18n.js';
import { attendanceName, kindName, languageName } from '../lib/names.js';
import { moreIcon } from './icons.js';
import './speaking-clock.js';
import { nameOf, nameText } from './who.js';
import { writeText } from './write_text.js';

/** @typedef {import('../lib/note_stream.js').Group} Group */
/** @typedef {import('../lib/wire.js').Intervention} Intervention */
/** @typedef {import('./rapporteur-stream.js').RapporteurStream} RapporteurStream */

/** @param {RapporteurStream} host @param {Group} group */
export function noteHeading(host, group) {
  const time = clockTime(group.at, host.get('programme')?.time_zone ?? 'UTC');
  const { intervention } = group;
  const person = intervention ? host.past?.person(intervention.person) : undefined;
  const name = intervention ? nameText(person) : _('Under no intervention');
  const open = (/** @type {Event} */ { currentTarget }) => currentTarget?.dispatchEvent(new CustomEvent('group-menu', { detail: { group, opener: currentTarget }, bubbles: true }));
  return html`<header>
    <h2 tabindex="-1"><span class="at">${time}</span> ${intervention ? nameOf(person) : html`<span class="quiet">${name}</span>`}</h2>
    <p class="quiet small">${intervention ? facts(host, intervention) : nothing}</p>
    <button type="button" class="bare icon" aria-haspopup="menu" aria-expanded="false" aria-label=${_('Notes on {name}', { name })} @click=${open}>${moreIcon}</button>
  </header>`;
}

/** @param {RapporteurStream} host @param {Intervention} intervention */
function facts(host, intervention) {
  const person = host.past?.person(intervention.person);
  const organisation = intervention.on_behalf_of ?? person?.organisation;
  const parts = [
    organisation && organisation !== person?.name ? html`<bdi>${organisation}</bdi>` : nothing,
    ['statement', 'panel_presentation'].includes(intervention.kind) ? nothing : kindName(intervention.kind),
    attendanceName(intervention.attendance),
    time(host, intervention),
    intervention.language ? languageName(intervention.language) : nothing,
  ];
  return parts.filter((part) => part !== nothing).map((part, index) => html`${index ? '\u00a0· ' : nothing}<span>${part}</span>`);
}

/** @param {RapporteurStream} host @param {Intervention} intervention */
function time(host, intervention) {
  if (intervention.void) return _('given by mistake');
  if (!intervention.ended_at) {
    return html`${_('speaking')}, <speaking-clock .session=${host.session} .intervention=${intervention.id} @tick=${ticked}></speaking-clock> <span class="stage"></span>`;
  }
  const spoken = minutesText(spokenSeconds(intervention, 0));
  const limit = intervention.limit_seconds;
  return limit === null ? spoken : html`<span class=${spokenSeconds(intervention, 0) > limit ? 'over' : ''}>${_('{spoken} of {limit}', { spoken, limit: minutesText(limit) })}</span>`;
}

/** @param {CustomEvent<import('../lib/durations.js').Countdown>} event */
function ticked({ currentTarget, detail }) {
  const words = /** @type {HTMLElement} */ (currentTarget).nextElementSibling;
  const text = detail.paused ? _('stopped') : { over: _('over time'), free: '', warning: _('left'), running: _('left') }[detail.stage];
  if (words) writeText(words, text);
}
