/**
 * `<participant-called>`: what to do when called, and whether this device may make a sound then.
 */
import { html, LitElement, nothing } from '/static/vendor/lit.js';
import { allowSound, chime, silence, soundAllowed, soundWanted } from '/static/js/lib/attention.js';
import { _ } from '/static/js/lib/i18n.js';
import { canKeepScreenOn } from '/static/js/lib/wake_lock.js';

class ParticipantCalled extends LitElement {
  static properties = { attendance: {}, platform: {}, sound: { state: true }, heard: { state: true } };

  constructor() {
    super();
    this.attendance = 'remote';
    /** The name under which the video meeting knows the person, or ''. */
    this.platform = '';
    this.sound = soundWanted();
    /** Whether this page has been allowed to make a sound. */
    this.heard = soundAllowed();
  }

  createRenderRoot() {
    return this;
  }

  render() {
    const steps = this.attendance === 'remote' ? remotely(this.platform) : inTheRoom();
    return html`
      <details class="quiet-part">
        <summary>${_('When you are called')}</summary>
        <div class="quiet-part-in">
          <ul class="steps">${steps.map((step) => html`<li>${step}</li>`)}</ul>
          <label class="switch"><input type="checkbox" .checked=${this.sound} @change=${this.#toggle}><span>${_('Sound when it is nearly my turn')}</span></label>
          ${this.sound && !this.heard ? html`<p class="quiet small">${_('This browser wants a tap on the page before it makes a sound: test it.')}</p>` : nothing}
          <button class="wide" @click=${this.#test}>${_('Test the sound')}</button>
          <p class="quiet small">${canKeepScreenOn()
            ? _('The screen stays on when it is nearly your turn and while you speak.')
            : _('Keeping the screen on is not available here: look after it yourself when it is nearly your turn.')}</p>
        </div>
      </details>`;
  }

  /** @param {Event} event */
  async #toggle(event) {
    if (/** @type {HTMLInputElement} */ (event.target).checked) await allowSound();
    else await silence();
    this.#look();
  }

  async #test() {
    await allowSound();
    chime();
    this.#look();
  }

  #look() {
    this.sound = soundWanted();
    this.heard = soundAllowed();
  }
}

/** @param {string} platform */
function remotely(platform) {
  return [
    _('Speak in the video meeting, not here: this page only keeps your place.'),
    platform ? html`${_('You are looked for there under this name:')} <b><bdi>${platform}</bdi></b>` : _('Be there under the name that stands on this page: the technical moderator looks for it.'),
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
