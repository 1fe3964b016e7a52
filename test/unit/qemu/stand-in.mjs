#!/usr/bin/env node
// Plays qemu-system-arm for tests: listens where it is told, greets on the first UART, echoes. `-M` chooses how it misbehaves.
import { createServer } from 'node:net';

const args = process.argv.slice(2);
const machine = args[args.indexOf('-M') + 1];
if (machine === 'refuses') {
  process.stderr.write('unsupported machine type\n');
  process.exit(1);
}
const sockets = [];
args.forEach((arg, index) => {
  const path = args[index - 1] === '-serial' ? /^unix:([^,]+)/.exec(arg)?.[1] : undefined;
  if (path === undefined) return;
  const first = sockets.length === 0;
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (first) socket.write(`pid ${process.pid}\r\nm-ready\r\n`);
    socket.on('data', (chunk) => {
      if (machine === 'dies') process.exit(3);
      socket.write(chunk);
    });
  });
  sockets.push(server);
  server.listen(path);
});
process.on('SIGTERM', () => process.exit(0));
