// Socket.IO on Node, with two jobs: send what one says to all who have joined, and acknowledge commands.
//
// With a database (better-sqlite3), a command is on disk before it is acknowledged: WAL, synchronous=FULL. What arrives in one
// turn of Node's loop is committed together, once the loop has read all that was there to be read.
"use strict";

const { createServer } = require("node:http");
const { Server } = require("socket.io");

const [port, database] = process.argv.slice(2);
const http = createServer();
const io = new Server(http);
const keep = database ? onDisk(database) : nowhere();

io.on("connection", (socket) => {
  socket.on("join", ({ session }, answer) => {
    socket.join(session);
    answer({ ok: true, seq: 0 });
  });
  socket.on("command", (command, answer) => {
    keep(command, (seq) => {
      if (command.type === "announce") io.to(command.session).emit("patch", command.data);
      answer({ ok: true, seq });
    });
  });
});
http.listen(Number(port), "127.0.0.1", 2048);

/** @returns {(command: object, kept: (seq: number) => void) => void} */
function nowhere() {
  let seq = 0;
  return (command, kept) => kept((seq += 1));
}

/** @param {string} path */
function onDisk(path) {
  const Database = require("better-sqlite3");
  const db = new Database(path);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec(
    "CREATE TABLE event (session TEXT, seq INTEGER, at TEXT, command TEXT, type TEXT, body TEXT, PRIMARY KEY (session, seq)) WITHOUT ROWID",
  );
  const insert = db.prepare("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)");
  let seq = 0;
  let waiting = [];
  const write = db.transaction((batch) => {
    for (const { command, number } of batch) {
      insert.run(command.session, number, new Date().toISOString(), command.id, command.type, JSON.stringify(command.data));
    }
  });
  function commit() {
    const batch = waiting;
    waiting = [];
    write.immediate(batch);
    for (const { number, kept } of batch) kept(number);
  }
  return (command, kept) => {
    if (waiting.length === 0) setImmediate(commit);
    waiting.push({ command, kept, number: (seq += 1) });
  };
}
