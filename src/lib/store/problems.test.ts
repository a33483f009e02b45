import { describe, expect, test } from 'vitest';
import { Problem } from '#lib/model/problem.ts';
import { isConnectionLost, isDenied, storageProblem } from './problems.ts';

const dom = (name: string, message = '') => new DOMException(message, name);
/** As Dexie hides it. */
const wrapped = (inner: unknown) =>
	Object.assign(new Error('wrapped'), { name: 'AbortError', inner });

describe('what IndexedDB throws becomes a Problem', () => {
	test.each<[string, unknown, string]>([
		['a full quota', dom('QuotaExceededError'), 'storage-full'],
		[
			'a full quota inside an aborted transaction',
			wrapped(dom('QuotaExceededError')),
			'storage-full'
		],
		[
			'a full disk in Chrome',
			wrapped(dom('DataError', 'Failed to write blobs (IOError)')),
			'storage-full'
		],
		['a refused window', dom('SecurityError'), 'storage-blocked'],
		['no IndexedDB', Object.assign(new Error(), { name: 'MissingAPIError' }), 'storage-blocked'],
		['a newer database', wrapped(dom('VersionError')), 'storage-newer'],
		[
			'a sleeping iPhone',
			dom(
				'UnknownError',
				'Connection to Indexed Database server lost. Refresh the page to try again'
			),
			'storage-lost'
		],
		[
			'a closed database',
			Object.assign(new Error(), { name: 'DatabaseClosedError' }),
			'storage-lost'
		],
		[
			'a broken database',
			dom('UnknownError', 'Internal error opening backing store for indexedDB.open.'),
			'storage-broken'
		],
		['a bug', new TypeError('x is undefined'), 'storage-broken'],
		['no error at all', 'text', 'storage-broken'],
		['a Problem', new Problem('workspace-missing'), 'workspace-missing']
	])('%s', (_, thrown, code) => {
		expect(storageProblem(thrown)).toMatchObject({ name: 'Problem', code });
	});

	test('an error that wraps itself comes to an end', () => {
		const loop = Object.assign(new Error('loop'), { inner: null as unknown });
		loop.inner = loop;
		expect(storageProblem(loop).code).toBe('storage-broken');
	});

	test('full, newer and known problems are not tried again; what may be a lost connection is', () => {
		expect(isConnectionLost(wrapped(dom('QuotaExceededError')))).toBe(false);
		expect(isConnectionLost(dom('VersionError'))).toBe(false);
		expect(isConnectionLost(new Problem('workspace-missing'))).toBe(false);
		expect(isConnectionLost(dom('UnknownError'))).toBe(true);
		expect(isConnectionLost(wrapped(null))).toBe(true);
	});

	test('a denial is seen through the Problem that was made of it', () => {
		expect(isDenied(storageProblem(dom('SecurityError')))).toBe(true);
		expect(isDenied(new Problem('storage-blocked'))).toBe(false);
	});
});
