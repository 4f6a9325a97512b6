/**
 * `<participant-pause>`: the moments in which there is nothing to do but know why.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { SessionElement } from '/static/js/components/session_element.js';
import '/static/js/components/participant-withdraw.js';
import { _ } from '/static/js/lib/i18n.js';
import { kindName, segmentName } from '/static/js/lib/names.js';
import { here } from '/static/js/lib/zones.js';

/** @typedef {import('/static/js/lib/participant_moment.js').Moment} Moment */

class ParticipantPause extends SessionElement {
  static properties = { ...SessionElement.properties, moment: { attribute: false } };

  static keys = ['session', 'programme'];

  constructor() {
    super();
    /** @type {Moment|null} */
    this.moment = null;
  }

  render() {
    if (!this.moment) return nothing;
    const { label, title, text } = this.#words();
    const { name, request } = this.moment;
    return html`
      <section class="card state pause" data-moment=${name}>
        ${label ? html`<p class="label">${label}</p>` : nothing}
        <h2>${title}</h2>
        <p>${text}</p>
        ${request ? html`<p class="quiet small about">${kindName(request.kind)}${request.topic ? html` · “<bdi>${request.topic}</bdi>”` : nothing}</p>` : nothing}
      </section>
      ${name === 'held' ? html`<participant-withdraw .session=${this.session} .request=${request}></participant-withdraw>` : nothing}`;
  }

  #words() {
    switch (this.moment?.name) {
      case 'before': return this.#before();
      case 'suspended': return {
        label: _('Break'),
        title: _('The session is suspended'),
        text: _('It goes on where it stopped. Whoever is on the list of speakers keeps the place.'),
      };
      case 'over': return {
        label: _('Closed'),
        title: _('This session is over'),
        text: _('Thank you for taking part. The secretariat hands out the record.'),
      };
      case 'not_reached': return {
        label: _('Closed'),
        title: _('Your turn did not come'),
        text: _('The session closed before the list was through. Your request stands in the record as not reached. Ask the secretariat whether what you wanted to say can be handed in as a text.'),
      };
      case 'held': return this.#held();
      default: return {
        label: '',
        title: _('You are following this session'),
        text: _('Your role does not ask for the floor. Who speaks and who is next is shown here as it happens.'),
      };
    }
  }

  #before() {
    const { starts_at: starts, time_zone: zone } = this.get('programme') ?? {};
    const times = starts ? here(starts, zone) : null;
    return {
      label: times ? `${_('Foreseen for {time}', { time: times.meeting })}${times.own ? ` · ${_('{time} where you are', { time: times.own })}` : ''}` : '',
      title: _('The session has not started yet'),
      text: _('Leave this page open: it goes on by itself when the moderator starts.'),
    };
  }

  #held() {
    const segment = this.get('programme')?.segments?.find((/** @type {{id: string}} */ each) => each.id === this.moment?.request?.segment);
    const later = segment && segment.id !== this.get('session')?.segment;
    return {
      label: _('On hold'),
      title: later ? _('Your turn comes later') : _('The moderator holds your request'),
      text: later
        ? _('You are inscribed for “{segment}”. You come onto the list when it begins.', { segment: segmentName(segment.kind) })
        : _('It is not lost: when the moderator releases it, it is back at its place in the list. You are told then.'),
    };
  }
}

customElements.define('participant-pause', ParticipantPause);
