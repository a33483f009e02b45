/** Sections: a page of Markdown becomes safe HTML, with its links, headings and sources checked. */
import type { Question, Section, Source } from '#lib/model/guide.ts';
import type { Fields, Page } from '../checker.ts';
import { plainText, render, type Rendered } from '../render.ts';
import type { Pack } from './pack.ts';

export type PartSkeleton = { id: string; free: boolean; sections: string[] };

/** What a section may refer to. */
export type SectionScope = {
	sections: ReadonlySet<string>;
	terms: ReadonlySet<string>;
	questions: readonly Question[];
	sources: Fields;
};

const standardHeadings = ['do', 'who', 'pitfalls', 'good', 'example'];
const keys = ['title', 'summary', 'who', 'inputs', 'outputs', 'sources'];

export function readSection(
	pack: Pack,
	id: string,
	part: PartSkeleton,
	scope: SectionScope
): Section {
	const { page, lang } = pack.page('sections', id);
	page.only(keys);
	const rendered = render(page.body, {
		// Relative, so that a page in another language leads to its own neighbours.
		linkTo: (scheme, to) => (scheme === 'section' ? `../${to}/` : `../glossary/#${to}`)
	});
	checkBody(pack, page, rendered, part, scope);
	return {
		id,
		part: part.id,
		lang,
		title: page.text('title'),
		summary: page.text('summary'),
		who: page.texts('who', true),
		inputs: page.texts('inputs', true),
		outputs: page.texts('outputs', true),
		sources: page.texts('sources', true).map((key) => readSource(page, key, scope.sources)),
		headings: rendered.headings,
		html: rendered.html,
		words: plainText(page.body).split(' ').length,
		questions: scope.questions
			.filter((q) => q.section === id)
			.map((q) => ({ id: q.id, title: q.title }))
	};
}

function checkBody(
	{ checker }: Pack,
	page: Page,
	rendered: Rendered,
	part: PartSkeleton,
	scope: SectionScope
): void {
	for (const refused of rendered.refused) {
		checker.report(page.path, page.lineIn(refused.split(' ')[1] ?? ''), 'plain Markdown', refused, {
			mend: 'write it in words; links to the outside belong in sources.json'
		});
	}
	for (const { scheme, id } of rendered.links) {
		const known = scheme === 'section' ? scope.sections : scope.terms;
		if (known.has(id)) continue;
		checker.report(page.path, page.lineIn(`${scheme}:${id}`), `a known ${scheme} id`, id, {
			field: `${scheme}:${id}`,
			mend:
				scheme === 'section' ? 'link to a section of guide.json' : 'link to a term of terms.json'
		});
	}
	if (part.free || page.body === '') return;
	for (const heading of standardHeadings) {
		if (rendered.headings.some((h) => h.id === heading)) continue;
		checker.report(page.path, page.bodyLine, `a heading {#${heading}}`, 'none', {
			mend: `add a line "## … {#${heading}}", or mark the part "free" in guide.json`
		});
	}
}

function readSource(page: Page, id: string, sources: Fields): Source {
	if (!(id in sources.raw)) {
		page.wrong('sources', 'a source of sources.json', id, 'add it to sources.json');
		return { id, title: id, publisher: '' };
	}
	const entry = sources.child(id);
	const year = entry.raw.year;
	return {
		id,
		title: entry.text('title'),
		publisher: entry.text('publisher'),
		...(year === undefined ? {} : { year: String(year) })
	};
}
