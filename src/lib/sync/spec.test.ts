/** The protocol's page and the tests: each rule has a test that quotes it, and no test quotes a rule that is gone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'src/lib/sync/SPEC.md'), 'utf8');
/** `S-…` is also what controls of the security review are called: they are told apart by nobody here. */
const rules = [...page.matchAll(/^- \*\*([A-RT-Z]-\d+[a-z]?)\*\*/gm)].map(([, id]) => id!);

/** Everything that runs as a test, or is called by one. */
const texts = [join(root, 'src'), join(root, 'tests')].flatMap((folder) =>
	readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.(test|spec)\.ts$/.test(name) || /^(contract|simulation)\//.test(name))
		.filter((name) => name.endsWith('.ts') && !name.endsWith('spec.test.ts'))
		.map((name) => readFileSync(join(folder, name), 'utf8'))
);
const quoted = new Set(texts.flatMap((text) => text.match(/\b[A-Z]-\d+[a-z]?\b/g) ?? []));

/** What no test of its own can show: which bytes are drawn, what the operator could do, what does not exist yet. */
const unshown = ['K-5', 'K-7', 'K-10', 'M-6', 'J-1', 'V-3'];

test('every rule of the page is quoted by a test, but for those that none can show', () => {
	expect(rules.length).toBeGreaterThan(80);
	expect(rules.filter((id) => !quoted.has(id))).toEqual(unshown);
});

test('a rule that the page or a test names is on the page', () => {
	const letters = new Set(rules.map((id) => id[0]));
	const named = [...quoted, ...(page.match(/\b[A-Z]-\d+[a-z]?\b/g) ?? [])];
	// F-… and S-… are faults and controls; an upper-case letter with a number may be anything else, too.
	const ours = named.filter((id) => letters.has(id[0]!) && !/^[FS]-/.test(id));
	expect([...new Set(ours)].filter((id) => !rules.includes(id))).toEqual([]);
});
