/**
 * `<session-top>`: which session this is, and whether what is shown is live and saved.
 */
import { html, nothing } from '/static/vendor/lit.js';
import { SessionElement } from '/static/js/components/session_element.js';
import { _, ngettext } from '/static/js/lib/i18n.js';

class SessionTop extends SessionElement {
  static properties = { ...SessionElement.properties, state: { state: true }, unsaved: { state: true } };

  static keys = ['session', 'programme'];

  constructor() {
    super();
    this.state = 'connecting';
    this.unsaved = 0;
  }

  /** @param {Map<PropertyKey, unknown>} changed */
  willUpdate(changed) {
    super.willUpdate(changed);
    if (!changed.has('session') || !this.session) return;
    for (const name of ['state', 'unsaved']) this.session.addEventListener(name, () => this.#look());
    this.#look();
  }

  #look() {
    this.state = this.session.state;
    this.unsaved = this.session.unsaved;
  }

  render() {
    const session = this.get('session');
    const room = this.get('programme')?.room;
    return html`
      <header class="top">
        <div class="top-row">
          <p class="label">${session ? _('Agenda item {number}', { number: session.number }) : ''}${room ? html` · <bdi>${room}</bdi>` : nothing}</p>
          ${this.#chip()}
        </div>
        <h1><bdi>${session?.short_title || session?.title || _('Companion')}</bdi></h1>
      </header>`;
  }

  #chip() {
    const unsaved = ngettext('{n} change not yet saved', '{n} changes not yet saved', this.unsaved);
    if (this.state === 'signed_out' || this.state === 'moved') return html`<span class="tag lost">${_('Not connected')}</span>`;
    if (this.unsaved) return html`<span class="tag now">${unsaved}</span>`;
    if (this.state === 'live') return html`<span class="tag ready">${_('Connected')}</span>`;
    return html`<span class="tag now">${this.state === 'connecting' ? _('Connecting …') : _('Reconnecting …')}</span>`;
  }
}

customElements.define('session-top', SessionTop);
