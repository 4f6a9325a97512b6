/**
 * `<note-versions>`: the dialog with what a note said before, what each version changed, and the way back to one.
 *
 * To go back is to type: the smallest edit of the text as it is now, so it merges with what others type, and can be undone.
 */

import { html, nothing } from '/static/vendor/lit.js';
import { clockTime } from '../lib/durations.js';
import { call } from '../lib/http.js';
import { _, readerLanguage } from '../lib/i18n.js';
import { refusalSentence } from '../lib/refusals.js';
import { SessionDialog } from './session_dialog.js';
import { toast } from './toast.js';
import { wordChanges } from './word_changes.js';

/** @typedef {import('../live/note_desk.js').NoteDesk} NoteDesk */
/** @typedef {{version: number, began_at: string, at: string, by: {id: string, name: string}[], text: string}} Version */

export class NoteVersions extends SessionDialog {
  static properties = { ...SessionDialog.properties, desk: { attribute: false }, versions: { state: true }, problem: { state: true } };

  static titledBy = 'versions-title';

  static look = 'note-versions';

  #note = '';

  constructor() {
    super();
    /** @type {NoteDesk} */
    // @ts-expect-error Set by the stream.
    this.desk = undefined;
    /** @type {Version[]|null} null until they are there */
    this.versions = null;
    this.problem = '';
  }

  /** @param {string} note its id */
  async open(note) {
    this.#note = note;
    Object.assign(this, { versions: null, problem: '' });
    await this.show();
    try {
      const path = `/api/sessions/${encodeURIComponent(this.session.id)}/notes/${encodeURIComponent(note)}/versions`;
      this.versions = (await call('GET', path)).versions;
    } catch (error) {
      this.problem = refusalSentence(/** @type {{code?: string}} */ (error).code, /** @type {Error} */ (error).message);
    }
  }

  inside() {
    /** @type {Version[]} */
    const versions = this.versions ?? [];
    const now = this.#note && this.desk.textOf(this.#note);
    return html`<div class="inside">
      <h2 id="versions-title" tabindex="-1" autofocus>${_('Versions of this note')}</h2>
      <p class="hint">${_('What was typed in one go is one version. To restore one makes another version, and can be undone in the text.')}</p>
      ${this.problem ? html`<p class="notice now" role="alert">${this.problem}</p>` : nothing}
      ${this.versions || this.problem ? nothing : html`<p class="quiet">${_('Loading…')}</p>`}
      <ol role="list" reversed>${versions.map((version, index) => this.#version(version, versions[index - 1]?.text ?? '', now)).reverse()}</ol>
      <div class="actions"><button type="button" @click=${this.close}>${_('Close')}</button></div>
    </div>`;
  }

  /** @param {Version} version @param {string} before @param {string} now */
  #version({ version, at, by, text }, before, now) {
    const time = clockTime(at, this.get('programme')?.time_zone ?? 'UTC');
    const names = new Intl.ListFormat(readerLanguage()).format(by.map(({ name }) => name));
    return html`<li data-version=${version}>
      <header><p><b>${time}</b> <span class="quiet"><bdi>${names}</bdi></span></p>
        ${text === now ? html`<span class="tag">${_('as it is now')}</span>`
          : html`<button type="button" aria-label=${_('Restore the version of {time}', { time })} @click=${() => this.#restore(text)}>${_('Restore')}</button>`}</header>
      <p class="changes" dir="auto">${before ? wordChanges(before, text) : text || html`<span class="quiet">${_('empty')}</span>`}</p>
    </li>`;
  }

  /** @param {string} text */
  #restore(text) {
    if (this.session.whyNot('note.text')) return toast(refusalSentence(this.session.whyNot('note.text') ?? ''));
    this.desk.pen.replace(this.#note, text);
    this.close();
    return toast(_('The earlier text is restored.'));
  }
}

customElements.define('note-versions', NoteVersions);
