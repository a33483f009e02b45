/** The workshop templates and their words, loaded when somebody prepares a workshop. */
import { sourceLanguage } from '#lib/i18n/languages.ts';
import { Problem } from '#lib/model/problem.ts';
import type { TemplateWords, WorkshopTemplates } from '#lib/workshop/template.ts';

const skeleton = import.meta.glob<WorkshopTemplates>('/content/shared/workshops.json', {
	import: 'default'
});
const words = import.meta.glob<TemplateWords>('/content/shared/*/workshops.json', {
	import: 'default'
});

/** Rejects with a Problem where they cannot be had. */
export async function loadTemplates(
	lang: string
): Promise<{ templates: WorkshopTemplates; words: TemplateWords }> {
	const nameIn = (code: string) => `/content/shared/${code}/workshops.json`;
	try {
		const [templates, said] = await Promise.all([
			skeleton['/content/shared/workshops.json']!(),
			(words[nameIn(lang)] ?? words[nameIn(sourceLanguage)]!)()
		]);
		return { templates, words: said };
	} catch (thrown) {
		throw new Problem('pack-unreachable', { url: nameIn(lang) }, thrown);
	}
}
