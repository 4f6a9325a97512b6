import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Field, NoteServer, Page, settled } from './note_house.js';
import { WritingField } from '../../static/js/live/writing_field.js';
import { SharedText } from '../../static/js/live/shared_text.js';

const NOTE = 'note-under-test';
const ADD = { kind: 'gap' };

/** A storage that outlives a page. */
class Storage {
  /** @type {Map<string, string>} */
  #kept = new Map();

  /** @param {string} key */
  getItem(key) {
    return this.#kept.get(key) ?? null;
  }

  /** @param {string} key @param {string} value */
  setItem(key, value) {
    this.#kept.set(key, value);
  }
}

/** @param {string} text @param {number} [count] */
async function pages(text, count = 2) {
  const server = new NoteServer();
  server.take({ id: 'made', type: 'note.add', data: { note: NOTE, text } }, 'p0');
  const open = await Promise.all(Array.from({ length: count }, (_, index) => new Page(server, `p${index + 1}`, NOTE).open()));
  for (const { field, desk } of open) field.value = desk.textOf(NOTE);
  return { server, open };
}

/** @param {NoteServer} server @param {Page[]} open */
async function agreed(server, open) {
  for (let round = 0; round < 6; round += 1) {
    for (const page of open) page.hand();
    await settled();
    for (const page of open) page.catchUp();
  }
  const texts = open.flatMap(({ field, desk }) => [field.value, desk.textOf(NOTE)]);
  assert.deepEqual(new Set(texts), new Set([server.text(NOTE)]));
  for (const { desk, pending } of open) assert.deepEqual([desk.find(NOTE)?.unsaved ?? false, desk.problemOf(NOTE), pending], [false, '', []]);
  return server.text(NOTE);
}

test('what two type at once is all there, and the carets stay where they were', async () => {
  const { server, open: [mine, theirs] } = await pages('[]');
  mine.field.setSelectionRange(2, 2);
  theirs.field.setSelectionRange(0, 0);
  for (const letter of 'mine') { mine.type(letter); theirs.type(letter.toUpperCase()); mine.hand(); theirs.hand(); await settled(); }
  assert.equal(await agreed(server, [mine, theirs]), 'MINE[]mine');
  assert.deepEqual([mine.field.selectionStart, theirs.field.selectionStart], [10, 4]);
  mine.field.setSelectionRange(4, 6);
  theirs.type('!');
  await agreed(server, [mine, theirs]);
  assert.deepEqual([mine.field.value.slice(mine.field.selectionStart, mine.field.selectionEnd), mine.field.value], ['[]', 'MINE![]mine']);
});

test('random typing of three, with outages, late patches, lost answers, reloads and composition, ends in one text without a letter lost', async () => {
  for (let round = 0; round < 25; round += 1) {
    const { server, open } = await pages('', 3);
    /** @type {string[]} */
    const typed = ['', '', ''];
    const composing = [false, false, false];
    for (let step = 0; step < 60; step += 1) {
      const who = Math.floor(Math.random() * 3);
      const page = open[who];
      const deed = Math.random();
      const at = Math.floor(Math.random() * (page.field.value.length + 1));
      if (deed < 0.55) {
        const came = String.fromCodePoint(0x4e00 + who * 1_000 + typed[who].length);
        typed[who] += came;
        if (!composing[who]) page.field.setSelectionRange(at, at);
        page.type(came);
      } else if (deed < 0.62) {
        if (composing[who]) page.composed(); else page.writing.begin();
        composing[who] = !composing[who];
      } else if (deed < 0.70) page.late ??= [];
      else if (deed < 0.76) page.catchUp();
      else if (deed < 0.80) page.leave();
      else if (deed < 0.85) page.deaf = !page.deaf;
      else if (deed < 0.90) { page.leave(); page.deaf = false; page.join(); }
      else if (deed < 0.94) {
        if (composing[who]) page.composed();
        composing[who] = false;
        page.desk.pen.flushAll();
        await settled();
        page.leave();
        open[who] = await new Page(server, page.person, NOTE, page.store).open();
        open[who].field.value = open[who].desk.textOf(NOTE);
      } else { page.hand(); await settled(); }
    }
    for (const [who, page] of open.entries()) {
      if (composing[who]) page.composed();
      page.deaf = false;
      page.leave();
      page.join();
    }
    const text = await agreed(server, open);
    assert.equal([...text].sort().join(''), [...typed.join('')].sort().join(''));
  }
});

test('nothing is sent and nothing is shown while an input method composes; then both are merged', async () => {
  const { server, open: [mine, theirs] } = await pages('ab');
  mine.field.setSelectionRange(1, 1);
  mine.writing.begin();
  mine.type('n');
  mine.type('i');
  theirs.field.setSelectionRange(0, 0);
  theirs.type('>');
  theirs.hand();
  mine.hand();
  await settled();
  assert.deepEqual([mine.field.value, server.text(NOTE)], ['anib', '>ab']);
  mine.field.value = 'a你b';
  mine.field.setSelectionRange(2, 2);
  mine.composed();
  assert.deepEqual([mine.field.value, mine.field.selectionStart], ['>a你b', 3]);
  assert.equal(await agreed(server, [mine, theirs]), '>a你b');
});

test('a note is made with its first text and goes on in the same shared text, also without a connection and after a reload', async () => {
  const server = new NoteServer();
  const storage = new Storage();
  const page = await new Page(server, 'p1', NOTE, undefined, storage).open();
  page.leave();
  page.type('Remedy', ADD);
  page.hand();
  page.type(' takes years.', ADD);
  page.hand();
  await settled();
  assert.deepEqual(page.pending.map(({ type }) => type), ['note.add', 'note.text']);
  const again = await new Page(server, 'p1', NOTE, page.store, storage).open();
  assert.equal(again.desk.textOf(NOTE), 'Remedy takes years.');
  await settled();
  assert.equal(server.text(NOTE), 'Remedy takes years.');
});

test('what is typed and not handed over when the page goes is made a note by the next one', async () => {
  const server = new NoteServer();
  const storage = new Storage();
  const page = await new Page(server, 'p1', NOTE, undefined, storage).open();
  page.type('Half', ADD);
  const again = await new Page(server, 'p1', NOTE, page.store, storage).open();
  await settled();
  assert.deepEqual([server.text(NOTE), again.desk.textOf(NOTE)], ['Half', 'Half']);
});

test('undo takes back what was typed here, begun or not, and nothing of others', async () => {
  const server = new NoteServer();
  const page = await new Page(server, 'p1', NOTE).open();
  page.type('Mine', ADD);
  page.hand();
  await settled();
  server.write(NOTE, 'Mine, theirs');
  page.desk.pen.step(NOTE, 'undo');
  assert.equal(await agreed(server, [page]), 'Mine, theirs'); // Theirs is a whole text: the letters are theirs now.
  page.desk.pen.replace(NOTE, 'Another');
  assert.equal(await agreed(server, [page]), 'Another');
  page.desk.pen.step(NOTE, 'undo');
  assert.equal(await agreed(server, [page]), 'Mine, theirs');
  page.desk.pen.step(NOTE, 'redo');
  assert.equal(await agreed(server, [page]), 'Another');
});

test('where the server lacks something typed before, its state is taken, and it is brought what it lacks in one update', async () => {
  const { server, open: [mine, theirs] } = await pages('ab');
  server.refuses = ['resync'];
  mine.field.setSelectionRange(2, 2);
  mine.type('c');
  mine.hand();
  await Promise.resolve();
  mine.type('d');
  mine.hand();
  theirs.field.setSelectionRange(0, 0);
  theirs.type('>');
  theirs.hand();
  await settled();
  assert.equal(await agreed(server, [mine, theirs]), '>abcd');
});

test('where that is not taken either, the text is written into the server\'s state anew', async () => {
  const { server, open: [mine, theirs] } = await pages('ab');
  server.refuses = ['resync', 'resync'];
  mine.field.setSelectionRange(2, 2);
  mine.type('c');
  mine.hand();
  await settled();
  assert.equal(await agreed(server, [mine, theirs]), 'abc');
});

test('what was refused stays as it stood, is tried again over what others did since, or is given up', async () => {
  const { server, open: [mine, theirs] } = await pages('ab');
  server.refuses = ['too_large'];
  mine.field.setSelectionRange(2, 2);
  mine.type('c');
  mine.hand();
  await settled();
  assert.deepEqual([mine.desk.stateOf(mine.desk.find(NOTE)), mine.field.value, server.text(NOTE)], ['refused', 'abc', 'ab']);
  mine.type('d');
  theirs.field.setSelectionRange(0, 0);
  theirs.type('>');
  theirs.hand();
  await settled();
  assert.deepEqual([mine.field.value, theirs.field.value], ['abcd', '>ab']);
  mine.desk.pen.tryAgain(NOTE);
  assert.equal(await agreed(server, [mine, theirs]), '>abcd');

  server.refuses = ['bad_message'];
  mine.type('!');
  mine.hand();
  await settled();
  assert.equal(mine.field.value, '>abcd!');
  mine.desk.pen.giveUp(NOTE);
  assert.equal(await agreed(server, [mine, theirs]), '>abcd');
});

test('a text whose note was removed lives on as another', async () => {
  const { server, open: [mine] } = await pages('ab', 1);
  server.remove(NOTE);
  mine.field.setSelectionRange(2, 2);
  mine.type('c');
  await settled();
  mine.hand();
  await settled();
  assert.notEqual(mine.note, NOTE);
  assert.equal(server.text(mine.note), 'abc');
});

test('a text that is otherwise than the server says is taken from its state', async () => {
  const { server, open: [mine] } = await pages('ab', 1);
  mine.desk.pen.write(NOTE, 'abc');
  await agreed(server, [mine]);
  server.lose(NOTE);
  server.write(NOTE, 'restored');
  await settled();
  assert.deepEqual([mine.desk.textOf(NOTE), mine.field.value], ['restored', 'restored']);
});

test('a long paste goes in updates that each fit, and so does what is brought in one', async () => {
  const { server, open: [mine] } = await pages('ab', 1);
  mine.field.setSelectionRange(1, 1);
  mine.type('你'.repeat(19_000));
  assert.equal(await agreed(server, [mine]), `a${'你'.repeat(19_000)}b`);
  assert.ok(server.heard.filter(({ type }) => type === 'note.text').length > 1);
  assert.equal(mine.type('x'.repeat(1_000)), 'too_long');
  assert.equal(await agreed(server, [mine]), `a${'你'.repeat(19_000)}b`);
});

test('who else is writing is known for a few seconds', async () => {
  const { server, open: [mine, theirs] } = await pages('ab');
  theirs.type('!');
  theirs.hand();
  await settled();
  assert.deepEqual([mine.desk.writersOf(NOTE), theirs.desk.writersOf(NOTE)], [['p2'], []]);
  await agreed(server, [mine, theirs]);
});

test('what nobody can see is left out of the field and of the text', () => {
  const field = new Field();
  const writing = new WritingField(/** @type {any} */ (field));
  const text = new SharedText();
  field.type('a\u202eb');
  assert.equal(writing.take('', (now, caret) => text.write(now, caret)), 'unclean');
  assert.deepEqual([field.value, field.selectionStart, String(text)], ['ab', 2, 'ab']);
});
