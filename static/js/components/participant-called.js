/**
 * `<participant-called>`: what to do when called, and whether this device may make a sound then.
 */
import { html, LitElement } from '/static/vendor/lit.js';
import { allowSound, chime, silence, soundAllowed } from '/static/js/lib/attention.js';
import { _ } from '/static/js/lib/i18n.js';

class ParticipantCalled extends LitElement {
  static properties = { attendance: {}, sound: { state: true } };

  constructor() {
    super();
    this.attendance = 'remote';
    this.sound = soundAllowed();
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const steps = this.attendance === 'remote' ? remotely() : inTheRoom();
    return html`
      <details class="quiet-part">
        <summary>${_('When you are called')}</summary>
        <div class="quiet-part-in">
          <ul class="steps">${steps.map((step) => html`<li>${step}</li>`)}</ul>
          <label class="switch"><input type="checkbox" .checked=${this.sound} @change=${this.#toggle}><span>${_('Sound when it is nearly my turn')}</span></label>
          <button class="wide" @click=${this.#test}>${_('Test the sound')}</button>
        </div>
      </details>`;
  }

  /** @param {Event} event */
  async #toggle(event) {
    if (/** @type {HTMLInputElement} */ (event.target).checked) await allowSound();
    else await silence();
    this.sound = soundAllowed();
  }

  async #test() {
    await allowSound();
    chime();
    this.sound = soundAllowed();
  }
}

function remotely() {
  return [
    _('Speak in the video meeting, not here: this page only keeps your place.'),
    _('The technical moderator opens your microphone when the moderator calls you.'),
    _('Use a headset in a quiet place, and speak slowly enough for the interpreters.'),
    _('Your time begins when the floor is given to you; this page shows the same clock as the room.'),
  ];
}

function inTheRoom() {
  return [
    _('Speak at your microphone; press its button when the moderator calls you.'),
    _('If you sit far from one, go there when this page says Get ready.'),
    _('Speak slowly enough for the interpreters.'),
    _('Your time begins when the floor is given to you; this page shows the same clock as the room.'),
  ];
}

customElements.define('participant-called', ParticipantCalled);
