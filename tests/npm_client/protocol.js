/**
 * The protocol of `docs/PROTOCOL.md` end to end, over one transport: `node protocol.js '{"base": …}'`; exits 0 if all of it holds.
 */

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { argv } from 'node:process';

import { SessionClient, ask, socketOf } from './session_client.js';

/** @type {{base: string, session: string, transport: 'websocket'|'polling', joinCode: string, moderatorKey: string}} */
const { base, session, transport, joinCode, moderatorKey } = JSON.parse(argv[2]);

// Getting in: by a personal link, by the join code, and neither by a wrong one.
const link = await ask(base, '/api/redeem', { key: moderatorKey });
assert.equal(link.status, 201);
assert.equal(link.body.role, 'moderator');
assert.ok(link.body.sessions.some((each) => each.id === session));

const wrong = await ask(base, '/api/join', { code: 'AAAAAAAA', name: 'Nobody' });
assert.equal(wrong.body.code, 'wrong_code');
assert.match(wrong.body.message, /\.$/);

const code = await ask(base, '/api/join', { code: joinCode, name: 'Zoë Ñandú', organisation: 'NGO Sample C', attendance: 'remote' });
assert.equal(code.status, 201);
assert.equal(code.body.role, 'participant');
const me = await ask(base, '/api/me', undefined, code.body.token);
assert.equal(me.body.person.name, 'Zoë Ñandú');

// A token that nobody was given: `connect_error` says why, in words.
const stranger = socketOf(base, 'nonsense', transport);
const [refusal] = await once(stranger, 'connect_error');
assert.equal(refusal.data.code, 'revoked');
assert.match(refusal.data.message, /\.$/);
stranger.close();

// Connect with a token, join, snapshot.
const moderator = await new SessionClient(socketOf(base, link.body.token, transport), session).connect();
const speaker = await new SessionClient(socketOf(base, code.body.token, transport), session).connect();
assert.equal(speaker.socket.io.engine.transport.name, transport);
await Promise.all([moderator.join(), speaker.join()]);
assert.equal(moderator.joined.audience, 'staff');
assert.equal(speaker.joined.audience, 'participants');
assert.equal(speaker.joined.epoch, moderator.joined.epoch);
assert.equal(speaker.map.session.id, session);
assert.equal(speaker.map['me/person'].id, code.body.person);
assert.ok('undo' in moderator.map && !('undo' in speaker.map));

// The clock of the server.
const before = Date.now();
const { server_ms: serverMs } = await speaker.emit('clock', {});
assert.ok(serverMs > before - 5_000 && serverMs < Date.now() + 5_000, `${serverMs}`);

// A command is acknowledged with the number of its event, and everybody gets the patch.
await moderator.do('session.start');
await moderator.do('list.open');
await speaker.until((map) => map.list.status === 'open' && map.session.status === 'open');
const id = randomUUID();
const asked = await speaker.do('floor.request', { kind: 'statement', topic: 'Access to remedy' }, { id });
const { request } = asked.result;
await Promise.all([moderator, speaker].map((each) => each.until((map) => map[`request/${request}`]?.topic === 'Access to remedy')));
assert.equal(speaker.map['me/requests'][0].id, request);
assert.ok(speaker.patches.some((patch) => patch.seq === asked.seq && patch.session === session && patch.epoch === speaker.joined.epoch));

// The same id again gets the first answer; a second request, a role that may not and a wrong field are refused in words.
assert.deepEqual(await speaker.do('floor.request', { kind: 'statement', topic: 'Access to remedy' }, { id }), asked);
for (const [type, data, expected, field] of [
  ['floor.request', { kind: 'question' }, 'already_on_list'],
  ['session.close', {}, 'not_allowed'],
  ['floor.change', { request, colour: 'red' }, 'bad_message', 'colour'],
]) {
  const refused = await speaker.send(type, data);
  assert.deepEqual([refused.ok, refused.code, refused.field], [false, expected, field]);
  assert.match(refused.message, /\.( \(.+\))?$/); // with the detail for programmers in parentheses
}

// The floor is given; a tap of someone who saw another state is stale.
const seen = { expect: { intervention: null } };
const { intervention } = (await moderator.do('floor.give', { request }, seen)).result;
assert.equal((await moderator.send('floor.next', {}, seen)).code, 'stale');
await speaker.until((map) => map.floor.intervention === intervention);

// Leaving: nothing comes any more. Coming back with `since`: the patches that were missed, and the same map as a fresh one.
assert.deepEqual(await speaker.leave(), { ok: true });
const { position } = speaker;
const heard = speaker.patches.length;
await moderator.do('floor.pause', {}, { expect: { intervention } });
await moderator.until((map) => map[`intervention/${intervention}`].paused_at !== null);
await speaker.emit('clock', {});
assert.equal(speaker.patches.length, heard);
await speaker.join(position);
assert.ok(speaker.joined.patches && !speaker.joined.snapshot, 'resumed by patches');
assert.notEqual(speaker.map[`intervention/${intervention}`].paused_at, null);
const resumed = structuredClone(speaker.map);
await speaker.join();
assert.deepEqual(resumed, speaker.map);

// The connection goes and comes back: a new socket, from where one was. Another epoch gets everything anew.
const there = speaker.position;
speaker.socket.disconnect();
await moderator.do('floor.resume', {}, { expect: { intervention } });
await speaker.connect();
await speaker.join(there);
assert.ok(speaker.joined.patches);
assert.equal(speaker.map[`intervention/${intervention}`].paused_at, null);
await speaker.join({ ...there, epoch: 'of another start' });
assert.ok(speaker.joined.snapshot);

await moderator.do('floor.end', {}, { expect: { intervention } });
await speaker.until((map) => map.floor.intervention === null && map['me/requests'].at(-1).status === 'delivered');
await moderator.do('session.close');
await speaker.until((map) => map.session.status === 'closed');

// Whoever leaves is signed out: the token is worth nothing afterwards.
assert.equal((await ask(base, '/api/leave', {}, code.body.token)).status, 204);
assert.equal((await ask(base, '/api/me', undefined, code.body.token)).status, 401);
speaker.socket.close();
moderator.socket.close();
