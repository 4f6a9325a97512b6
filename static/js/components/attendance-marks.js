/**
 * `<attendance-marks person>`: whether somebody is present, and where they take part.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { _ } from '../lib/i18n.js';
import { attendanceName } from '../lib/names.js';
import { commandButton } from './command_button.js';
import { SessionElement } from './session_element.js';
import { nameText } from './who.js';

const PLACES = /** @type {const} */ (['in_room', 'remote']);

export class AttendanceMarks extends SessionElement {
  static properties = { ...SessionElement.properties, person: {} };

  static keys = ['person/', 'may/', 'me/person'];

  constructor() {
    super();
    this.person = '';
  }

  render() {
    const person = this.get(`person/${this.person}`);
    const whyNot = this.session.whyNot('attendance.mark');
    if (!person || whyNot === 'not_allowed') return nothing;
    const name = nameText(person);
    const mark = (/** @type {Record<string, unknown>} */ said) => this.act('attendance.mark', { person: this.person, ...said });
    return html`<div class="marks" role="group" aria-label=${_('Attendance of {name}', { name })}>
      ${commandButton({ id: `present-${this.person}`, whyNot, label: _('Is present'), pressed: person.present, run: () => mark({ present: !person.present }) })}
      ${PLACES.map((place) => commandButton({
        id: `${place}-${this.person}`, whyNot, label: attendanceName(place), pressed: person.attendance === place, run: () => mark({ attendance: place }),
      }))}</div>`;
  }
}

customElements.define('attendance-marks', AttendanceMarks);
