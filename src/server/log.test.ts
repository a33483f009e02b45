import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { log, logError } from './log.ts';

let written = '';
beforeEach(() => {
	written = '';
	vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((written += text)));
});
afterEach(() => vi.restoreAllMocks());

it('F-63 a fact cannot begin a line of its own', () => {
	log('error', { name: 'x\n{"event":"stop"}\u001b[2J' });
	expect(written.trimEnd()).not.toContain('\n');
	expect(written).not.toContain('\u001b');
	expect(JSON.parse(written)).toMatchObject({ event: 'error' });
});

it('S-19 an error is named by its kind and place, and quotes nothing', () => {
	logError(Object.assign(new TypeError('the ministry of secrets'), { code: 'ERR_X' }));
	expect(written).not.toContain('ministry');
	const { name, code, place } = JSON.parse(written);
	expect({ name, code }).toEqual({ name: 'TypeError', code: 'ERR_X' });
	expect(place).toMatch(/log\.test\.ts:\d+:\d+$/);
});

it('what was thrown and is no error is only counted', () => {
	logError('the ministry of secrets');
	expect(written).not.toContain('ministry');
});
