/**
 * `npm run content`: checks every pack and interface language, and prints what is there per guide
 * and language. Ends with 1 when there is a mistake.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLanguages } from '../i18n/check.ts';
import { lineOfProblem } from './content-problem.ts';
import { compilePacks } from './packs-disk.ts';

const content = join(import.meta.dirname, '../../../content');
const packs = compilePacks(content);
const languages = readLanguages(join(content, 'languages'));
const problems = [...packs.problems, ...checkLanguages(languages)];

console.table(
	packs.manifest.guides.map((guide) => ({
		guide: guide.id,
		language: guide.lang,
		sections: guide.sections,
		'in this language': count(guide.id, guide.lang),
		questions: guide.questions,
		measures: guide.measures,
		terms: guide.terms,
		'kB to keep': Math.ceil(guide.bundle.bytes / 1000)
	}))
);
for (const problem of problems) console.error(lineOfProblem(problem));
console.log(
	problems.length === 0 ? 'content: no mistakes' : `content: ${problems.length} mistakes`
);
process.exit(problems.length === 0 ? 0 : 1);

function count(guide: string, lang: string): number {
	const parts = packs.guides.get(`${lang}/${guide}`)?.parts ?? [];
	return parts.flatMap((p) => p.sections).filter((s) => s.lang === lang).length;
}

function readLanguages(folder: string): Record<string, Record<string, string>> {
	const read = (lang: string) =>
		Object.fromEntries(
			readdirSync(join(folder, lang)).map((f) => [f, readFileSync(join(folder, lang, f), 'utf8')])
		);
	return Object.fromEntries(readdirSync(folder).map((lang) => [lang, read(lang)]));
}
