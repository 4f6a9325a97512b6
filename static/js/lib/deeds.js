/**
 * What a command did, said so that a person knows what undoing it will take back.
 */

import { _ } from './i18n.js';

/** @type {Record<string, (name: string) => string>} */
const DEEDS = {
  'session.start': () => _('session started'),
  'session.segment': () => _('segment changed'),
  'session.suspend': () => _('session suspended'),
  'session.resume': () => _('session resumed'),
  'session.reopen': () => _('session reopened'),
  'session.settings': () => _('settings of the session changed'),
  'session.preside': () => _('chair handed over'),
  'list.open': () => _('list opened'),
  'list.close': () => _('list closed'),
  'list.limit': () => _('speaking time changed'),
  'list.rule': () => _('rule of the list changed'),
  'list.arrange': () => _('list arranged'),
  'list.share_time': () => _('time shared out'),
  'list.carry_over': () => _('speakers carried over'),
  'floor.request': (name) => _('{name} put on the list', { name }),
  'floor.change': (name) => _('request of {name} changed', { name }),
  'floor.withdraw': (name) => _('request of {name} withdrawn', { name }),
  'floor.ready': (name) => _('{name} marked as ready', { name }),
  'floor.move': (name) => _('{name} moved', { name }),
  'floor.exchange': (name) => _('place of {name} exchanged', { name }),
  'floor.absent': (name) => _('{name} marked as not there', { name }),
  'floor.written': (name) => _('written statement of {name}', { name }),
  'floor.hold': (name) => _('{name} put on hold', { name }),
  'floor.release': (name) => _('{name} put back on the list', { name }),
  'floor.give': (name) => _('floor given to {name}', { name }),
  'floor.next': (name) => _('floor given to {name}', { name }),
  'floor.pause': () => _('clock stopped'),
  'floor.resume': () => _('clock started again'),
  'floor.extend': () => _('time added'),
  'floor.end': (name) => _('statement of {name} ended', { name }),
  'floor.rule': () => _('ruling on the point of order'),
  'display.show': () => _('room display changed'),
  'note.mark': () => _('note marked'),
  'note.move': () => _('note moved'),
  'note.remove': () => _('note removed'),
  'note.release': () => _('release of a note'),
  'recommendation.status': () => _('status of a recommendation'),
  'recommendation.set_aside': () => _('answer to an amendment'),
  'recommendation.position': () => _('position on a recommendation'),
  'attendance.mark': (name) => _('attendance of {name}', { name }),
  'person.link': (name) => _('guest linked to {name}', { name }),
  'person.correct': (name) => _('entry of {name} corrected', { name }),
};

/**
 * Return what a command of `type` did, about the person called `name`.
 * @param {string} type
 * @param {string} [name]
 */
export function deedName(type, name) {
  return (DEEDS[type] ?? (() => type))(name || _('somebody'));
}
