/**
 * What a Socket.IO server can be asked, asked by the npm client as it comes; prints all answers as one JSON line.
 * `node road.js BASE TRANSPORTS QUIET_MS`, TRANSPORTS as in the client's option, with commas.
 */

import { once } from 'node:events';
import { setTimeout as passing } from 'node:timers/promises';

import { io } from 'socket.io-client';

const [base, transports, quietMs] = process.argv.slice(2);
const PATIENCE_MS = 20_000;
const options = { transports: transports.split(','), reconnection: false, forceNew: true, tryAllTransports: false };
const said = [];
const say = (what, answer) => said.push([what, answer]);
const within = () => ({ signal: AbortSignal.timeout(PATIENCE_MS) });
const echoed = (one, ...sent) => new Promise((resolve, reject) => {
  one.timeout(PATIENCE_MS).emit('echo', ...sent, (error, ...back) => (error ? reject(error) : resolve(back)));
});
const readable = (value) => JSON.parse(JSON.stringify(value, (_, each) => each), (_, each) =>
  each?.type === 'Buffer' ? `bytes ${Buffer.from(each.data).toString('hex')}` : each);

const socket = io(base, options);
const other = socket.io.socket('/other');
await Promise.all([once(socket, 'connect', within()), once(other, 'connect', within())]);
if (options.transports.length > 1 && socket.io.engine.transport.name !== 'websocket') {
  await once(socket.io.engine, 'upgrade', within());
}
say('transport', socket.io.engine.transport.name);

for (const one of [socket, other]) {
  say('text', await echoed(one, 'العربية', 7, null, { a: [1, 'ü'] }));
  say('binary', readable(await echoed(one, Buffer.from([0, 1, 255]), { deep: Buffer.from('x') })));
  say('no payload', await echoed(one));
  const told = once(one, 'news', within());
  one.emit('tell', 'news', { n: 1 });
  say('told', await told);
  const picture = once(one, 'picture', within());
  one.emit('tell', 'picture', { png: Buffer.from([137, 80]) });
  say('told in binary', readable(await picture));
}
say('large', (await echoed(socket, 'x'.repeat(60_000)))[0].length);
const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => echoed(socket, n)));
say('many at once, in order', answers);

await passing(Number(quietMs));
say('after a silence', [socket.connected, await echoed(socket, 'still here')]);

const left = once(other, 'disconnect', within());
other.emit('leave');
say('one namespace closed by the server', [(await left)[0], socket.connected]);
const gone = once(socket, 'disconnect', within());
socket.emit('leave');
say('closed by the server', (await gone)[0]);
const again = io(base, options);
await once(again, 'connect', within());
again.disconnect();
say('closed by the client', again.connected);
process.stdout.write(`${JSON.stringify(said)}\n`);
process.exit(0);
