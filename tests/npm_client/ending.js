/**
 * Says `here` once it is connected, and then what it was told and heard when the server ended, as JSON.
 *
 * `node tests/npm_client/ending.js '{"base", "transport", "joinCode"}'`
 */

import { once } from 'node:events';

import { ask, socketOf } from './session_client.js';

const { base, transport, joinCode } = JSON.parse(process.argv[2]);
const { body } = await ask(base, '/api/join', { code: joinCode, name: 'Dora' });
const socket = socketOf(base, body.token, transport);
const told = [];
socket.on('signal', ({ type, data }) => type === 'restarting' && told.push(data.retry_in_seconds));
await once(socket, 'connect');
console.log('here');
const [reason] = await once(socket, 'disconnect');
console.log(JSON.stringify({ told, reason }));
process.exit();
