/**
 * The yardsticks: the least that a relay could be. One POST stores bytes in SQLite (WAL, synchronous FULL),
 * hands them to the event streams of the same document, and answers. No rights, no limits, no order across
 * requests, no repeats found. `node tests/bench/bare.ts <folder> loop` flushes each POST by itself, as a
 * plain loop does; `… together` many with one flush. Prints its port.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const most = process.argv[3] === 'together' ? Infinity : 1;
const db = new DatabaseSync(join(process.argv[2] ?? '.', 'bare.db'));
db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
db.exec('CREATE TABLE log (seq INTEGER PRIMARY KEY, doc TEXT NOT NULL, bytes BLOB NOT NULL)');
const insert = db.prepare('INSERT INTO log (doc, bytes) VALUES (?, ?)');

const streams = new Map<string, Set<ServerResponse>>();
const waiting: { doc: string; bytes: Buffer; response: ServerResponse }[] = [];

function commit(): void {
	const group = waiting.splice(0, most);
	if (waiting.length) setImmediate(commit);
	db.exec('BEGIN IMMEDIATE');
	for (const { doc, bytes } of group) insert.run(doc, bytes);
	db.exec('COMMIT');
	for (const { doc, bytes, response } of group) {
		for (const stream of streams.get(doc) ?? []) stream.write(bytes);
		response.writeHead(200, { 'content-length': 2 });
		response.end('ok');
	}
}

const server = createServer((request, response) => {
	const [, , doc = ''] = (request.url ?? '').split('/');
	if (request.method === 'GET') {
		response.writeHead(200, { 'content-type': 'application/octet-stream' });
		response.flushHeaders();
		const set = streams.get(doc) ?? new Set();
		streams.set(doc, set.add(response));
		response.on('close', () => set.delete(response));
		return;
	}
	const chunks: Buffer[] = [];
	request.on('data', (chunk: Buffer) => chunks.push(chunk));
	request.on('end', () => {
		if (!waiting.length) setImmediate(commit);
		waiting.push({ doc, bytes: Buffer.concat(chunks), response });
	});
});
server.listen(0, '127.0.0.1', () => {
	process.stdout.write(`localhost:${(server.address() as AddressInfo).port}/ Ctrl-C\n`);
});
