import { describe, expect, test } from 'vitest';
import { safeFileName } from './names.ts';

const made = (name: string) => safeFileName(name, 'estrategy');
const bytes = (name: string) => new TextEncoder().encode(name).length;

describe('safeFileName', () => {
	test.each([
		['Numenia 2026', 'Numenia 2026.estrategy'],
		['Stratégie nationale', 'Stratégie nationale.estrategy'],
		['استراتيجية وطنية', 'استراتيجية وطنية.estrategy'],
		['国家战略', '国家战略.estrategy'],
		['v1.2 final', 'v1.2 final.estrategy']
	])('keeps %j', (name, expected) => {
		expect(made(name)).toBe(expected);
	});

	test('no direction marks that would show another extension (F-39)', () => {
		expect(made('cod\u202eexe\u2066.doc\u200b\ufeff')).toBe('codexe.doc.estrategy');
	});

	test('the same name in two Unicode forms is one name (F-39)', () => {
		expect(made('Cafe\u0301')).toBe(made('Café'));
	});

	test('unpaired surrogates and floods of accents are cut down (F-39)', () => {
		expect(made('a\ud800b')).toBe('ab.estrategy');
		expect(made(`e${'\u0301\u0316'.repeat(500)}`).length).toBeLessThan(20);
	});

	test.each(['../../etc/passwd', 'C:\\x\\y', 'a/b', 'a\u0000b', 'a\nb', 'a:b*c?"<>|'])(
		'no path or control character in %j (F-40)',
		(name) => {
			// eslint-disable-next-line no-control-regex
			expect(made(name)).not.toMatch(/[/\\:*?"<>|\u0000-\u001f]/);
			expect(made(name)).toMatch(/^[^.].*[^. ]\.estrategy$/);
		}
	);

	test.each(['CON', 'con', 'aux.txt', 'NUL', 'com1', 'LPT9', 'COM²', 'prn .x'])(
		'%j is reserved on Windows (F-40)',
		(name) => {
			expect(made(name)).toBe(`_${name}.estrategy`);
		}
	);

	test('no dot or space at an end (F-40)', () => {
		expect(made(' .hidden. . ')).toBe('hidden.estrategy');
	});

	test.each(['', '   ', '...', '🎉🎉', '\u202e', '--', '//'])(
		'%j becomes a word (F-40)',
		(name) => {
			expect(made(name)).toBe('workspace.estrategy');
		}
	);

	test.each([
		'x'.repeat(300),
		'é'.repeat(300),
		'国'.repeat(300),
		'😀a'.repeat(300),
		`${'a'.repeat(188)}. x`
	])('at most 200 bytes, no character cut: %.10s…', (name) => {
		expect(bytes(made(name))).toBeLessThanOrEqual(200);
		expect(made(name)).toMatch(/\.estrategy$/);
		expect(made(name)).not.toMatch(/\p{Cs}|[. ]\.estrategy$/u);
	});
});
