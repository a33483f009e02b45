import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { defaultLimits, numbers } from './relay/limits.ts';

describe('an environment that says nothing', () => {
	it('means this machine only, on port 3000, with a relay in ./data', () => {
		expect(readConfig({ PATH: '/bin', PORT: '' })).toEqual({
			port: 3000,
			host: '127.0.0.1',
			origin: null,
			sync: { dataDir: './data', database: null, limits: defaultLimits },
			notices: []
		});
	});
});

describe('well-formed values', () => {
	it('are taken as they are', () => {
		const config = readConfig({
			PORT: '0',
			HOST: '0.0.0.0',
			ORIGIN: 'https://strategy.gov.example/',
			DATA_DIR: '/srv/data',
			DATABASE_URL: 'postgres://me:secret@db/app',
			SYNC: 'on',
			SYNC_WORKSPACE_MB: '8',
			SYNC_RETENTION_DAYS: '400',
			SYNC_CODE: 'numenia-2026'
		});
		expect(config).toEqual({
			port: 0,
			host: '0.0.0.0',
			origin: 'https://strategy.gov.example',
			sync: {
				dataDir: '/srv/data',
				database: 'postgres://me:secret@db/app',
				limits: {
					...defaultLimits,
					room: { ...defaultLimits.room, bytes: 8_000_000 },
					retentionDays: 400,
					code: 'numenia-2026'
				}
			},
			notices: []
		});
	});

	it('SYNC=off means no relay, and a database that is not used is said', () => {
		expect(readConfig({ SYNC: 'off' })).toMatchObject({ sync: null, notices: [] });
		const { notices } = readConfig({ SYNC: 'off', DATABASE_URL: 'postgres://me:secret@db/app' });
		expect(notices).toHaveLength(1);
		expect(notices.join()).not.toContain('secret');
	});
});

describe('a malformed value stops the start with its name, itself and what is expected', () => {
	it.each([
		['PORT', 'abc', 'a whole number from 0 to 65535'],
		['PORT', '65536', 'a whole number'],
		['PORT', '-1', 'a whole number'],
		['PORT', '3e3', 'a whole number'],
		['HOST', 'http://here', 'a host name'],
		['HOST', 'a b', 'a host name'],
		['ORIGIN', 'strategy.gov.example', 'a scheme and a host only'],
		['ORIGIN', 'https://strategy.gov.example/app', 'a scheme and a host only'],
		['ORIGIN', 'ftp://strategy.gov.example', 'a scheme and a host only'],
		['ORIGIN', 'null', 'a scheme and a host only'],
		['DATA_DIR', 'a\0b', 'the path of a folder'],
		['SYNC', 'yes', 'on or off'],
		['DATABASE_URL', 'mysql://me:secret@db/app', 'postgres://'],
		['SYNC_RATE', '0', 'a whole number from 1 to'],
		['SYNC_GRACE_DAYS', 'fourteen', 'a whole number from 1 to'],
		['SYNC_WORKSPACE_MB', '1e3', 'a whole number from 1 to']
	])('%s=%j', (name, value, expected) => {
		const read = () => readConfig({ [name]: value });
		expect(read).toThrow(ConfigError);
		expect(read).toThrow(expected);
		expect(read).toThrow(name);
		const isSecret = value.includes('secret');
		if (!isSecret) expect(read).toThrow(JSON.stringify(value));
		expect(read).not.toThrow('secret');
	});
});

it('a setting that there is not stops the start, with those that there are', () => {
	const read = () => readConfig({ SYNC_MAX_BODY: '1' });
	expect(read).toThrow(ConfigError);
	expect(read).toThrow('SYNC_MAX_BODY is set, but there is no setting of that name');
	expect(read).toThrow('SYNC_WORKSPACE_MB');
});

it.each([
	['SYNC_CODE', 'brief'],
	['SYNC_CODE', 'with a space'],
	['SYNC_METRICS_TOKEN', 'fifteen-signs..']
])('%s=%j is refused without being shown', (name, value) => {
	const read = () => readConfig({ [name]: value });
	expect(read).toThrow(ConfigError);
	expect(read).toThrow(name);
	expect(read).not.toThrow(value);
});

it('the operator’s page names every setting with its default, and no other', () => {
	const page = readFileSync(new URL('./OPERATING.md', import.meta.url), 'utf8');
	const rows = Array.from(page.matchAll(/^\| `(SYNC_\w+)`\s*\| `?(\w+)`?/gm), ([, name, value]) => [
		name,
		value
	]);
	const expected = Object.entries(numbers).map(([name, [value]]) => [name, String(value)]);
	expected.push(['SYNC_CODE', 'none'], ['SYNC_METRICS_TOKEN', 'none']);
	expect(rows.sort()).toEqual(expected.sort());
});
