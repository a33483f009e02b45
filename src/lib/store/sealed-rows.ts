/**
 * Sealed rows: a layer between Dexie and IndexedDB that seals what is written and opens what is read
 * while a passphrase locks this device (S-21). The rooms above it know nothing of it.
 *
 * A sealed row has its keys and indexed fields as they are, because the database looks for rows by
 * them, and everything else in `sealed`. They are random ids and counters. Rows of before the lock are read as
 * they are. Sealing waits for nothing, so that transactions stay open around it.
 */
import type { DBCore, DBCoreCursor, DBCoreTable, Middleware } from 'dexie';
import { Problem } from '#lib/model/problem.ts';
import { cipherForReading, cipherForWriting, isOpen, lockKey, sawPlainRow } from './lock-state.ts';
import { bytesOfRow, isBytes, rowOfBytes } from './row-bytes.ts';

type Row = { [field: string]: unknown };

export const sealedRows: Middleware<DBCore> = {
	stack: 'dbcore',
	name: 'sealedRows',
	create: (core) => ({ ...core, table: (name) => sealing(core.table(name)) })
};

function sealing(table: DBCoreTable): DBCoreTable {
	const plain = plainFields(table);
	const where = (row: Row) =>
		[table.name, ...plain.placed.map((field) => String(row[field]))].join(' ');

	const seal = (value: unknown): unknown => {
		if (!isRow(value) || isLockRow(table, value)) return value;
		const cipher = cipherForWriting();
		if (!cipher) return value;
		const row: Row = {};
		const rest: Row = {};
		for (const [field, one] of Object.entries(value)) {
			(plain.all.includes(field) ? row : rest)[field] = one;
		}
		return { ...row, sealed: cipher.seal(bytesOfRow(rest), where(row)) };
	};
	const open = (value: unknown): unknown => {
		if (!isRow(value) || isLockRow(table, value)) return value;
		const { sealed, ...row } = value;
		if (!isBytes(sealed)) {
			sawPlainRow();
			return value;
		}
		return { ...row, ...rowOfBytes(cipherForReading().open(sealed, where(row))) };
	};

	return {
		...table,
		mutate: (request) =>
			request.type === 'add' || request.type === 'put'
				? table.mutate({ ...request, values: request.values.map(seal) })
				: table.mutate(request),
		// No `await` here: Dexie follows its own promises through a transaction.
		get: (request) =>
			isLockKey(table, request.key)
				? table.get(request)
				: (closed() ?? table.get(request).then(open)),
		getMany: (request) => closed() ?? table.getMany(request).then((rows) => rows.map(open)),
		query: (request) =>
			closed() ??
			table
				.query(request)
				.then((answer) =>
					request.values ? { ...answer, result: answer.result.map(open) } : answer
				),
		openCursor: (request) =>
			closed() ??
			table
				.openCursor(request)
				.then((cursor) => (cursor && request.values ? opening(cursor, open) : cursor))
	};
}

/** The keys and indexed fields; `placed` are those that a row has before it is stored. */
function plainFields({ schema }: DBCoreTable): { all: string[]; placed: string[] } {
	const { primaryKey, indexes } = schema;
	const fieldsOf = (path: string | string[] | null | undefined) => [path ?? []].flat();
	const own = fieldsOf(primaryKey.keyPath);
	const all = [...new Set([...own, ...indexes.flatMap((index) => fieldsOf(index.keyPath))])];
	return { all, placed: primaryKey.autoIncrement ? all.filter((f) => !own.includes(f)) : all };
}

const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

const isLockKey = (table: DBCoreTable, key: unknown): boolean =>
	table.name === 'settings' && key === lockKey;
const isLockRow = (table: DBCoreTable, row: Row): boolean => isLockKey(table, row.key);

/** An empty answer of a locked store would read as "there is no work here". */
const closed = (): Promise<never> | null =>
	isOpen() ? null : Promise.reject(new Problem('locked'));

/** The cursor with its value opened. Its methods need the cursor itself as `this`. */
function opening(cursor: DBCoreCursor, open: (value: unknown) => unknown): DBCoreCursor {
	return new Proxy(cursor, {
		get(target, name) {
			if (name === 'value') return open(target.value);
			const member: unknown = Reflect.get(target, name, target);
			return typeof member === 'function' ? member.bind(target) : member;
		},
		set: (target, name, value) => Reflect.set(target, name, value, target)
	});
}
