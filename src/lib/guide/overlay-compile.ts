/** A deployment's own overlays (`content/overlays/*.json`), compiled into its guides. */
import type { Lang } from '#lib/model/guide.ts';
import { Checker } from './checker.ts';
import type { CompiledGuide } from './compile.ts';
import { guidesOf, languagesOf, namesIn, type Content } from './content.ts';
import type { ContentProblem } from './content-problem.ts';
import {
	addedSection,
	overlaidOutline,
	overlaidPart,
	overlaidSection,
	overlaidTopic,
	type GuideOverlay
} from './overlay.ts';
import { readOverlay, type OverlayBase } from './overlay-read.ts';

/**
 * Applies every overlay of the content to `guides` (`<lang>/<guide>` → the guide), one after the other
 * in the order of their names. One with a mistake changes nothing.
 */
export function applyOverlays(
	content: Content,
	guides: Map<string, CompiledGuide>
): ContentProblem[] {
	const problems: ContentProblem[] = [];
	const languages = languagesOf(content);
	for (const name of namesIn(content, 'overlays/').filter((one) => one.endsWith('.json'))) {
		const bases = guidesOf(content).flatMap((id) => baseIn(content, guides, id, languages));
		const read = readOverlay(content, `overlays/${name}`, bases, languages);
		problems.push(...read.problems);
		for (const [key, guide] of guides) {
			const own = read.overlay?.guides[guide.id];
			if (own) guides.set(key, overlaidGuide(guide, own));
		}
	}
	return problems;
}

/** Which language it is taken from does not matter: ids are the same in all. */
function baseIn(
	content: Content,
	guides: Map<string, CompiledGuide>,
	id: string,
	languages: readonly Lang[]
): OverlayBase[] {
	const identity = new Checker(content, []).json(`guides/${id}/guide.json`);
	const guide =
		guides.get(`${identity.text('source')}/${id}`) ?? guides.get(`${languages[0]}/${id}`);
	if (!guide) return [];
	return [
		{
			guide: id,
			edition: guide.edition,
			parts: guide.parts,
			topics: guide.topics,
			chapters: guide.outline.chapters,
			crosswalks: guide.crosswalks,
			terms: guide.terms.map((term) => term.id),
			owners: Object.keys(guide.owners),
			retired: identity.texts('retired', true)
		}
	];
}

const overlaidGuide = (guide: CompiledGuide, overlay: GuideOverlay): CompiledGuide => ({
	...guide,
	parts: guide.parts
		.map((part) => ({
			...part,
			sections: overlaidPart(
				part.id,
				part.sections.map((section) => overlaidSection(section, overlay)),
				overlay,
				(id) => addedSection(overlay, id, guide.lang)!
			)
		}))
		.filter((part) => part.sections.length > 0),
	topics: guide.topics.map((topic) => overlaidTopic(topic, overlay, guide.lang)),
	outline: overlaidOutline(guide.outline, overlay)
});
