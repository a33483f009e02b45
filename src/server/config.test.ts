import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('an environment that says nothing', () => {
	it('means this machine only, on port 3000', () => {
		expect(readConfig({ PATH: '/bin', PORT: '' })).toEqual({
			port: 3000,
			host: '127.0.0.1',
			origin: null,
			dataDir: './data',
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
			SYNC: 'off'
		});
		expect(config).toEqual({
			port: 0,
			host: '0.0.0.0',
			origin: 'https://strategy.gov.example',
			dataDir: '/srv/data',
			notices: []
		});
	});

	it('that ask for sync are accepted, and the operator hears that there is none', () => {
		const { notices } = readConfig({ SYNC: 'on', DATABASE_URL: 'postgres://me:secret@db/app' });
		expect(notices).toHaveLength(2);
		for (const notice of notices) expect(notice).toContain('sync is not part of this version');
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
		['SYNC_MAX_BODY', '1', 'no setting of that name']
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
