/**
 * The chart of the scores, with all that it says in words for those who cannot see it.
 */
import { bars } from '../charts/bars.ts';
import { radar } from '../charts/radar.ts';
import type { ExportBlock } from '../document.ts';
import type { ExportInput, ExportTopic } from '../input.ts';
import { inSentence } from '../text.ts';
import { dash, isIn, number, score, type Topics } from './tables.ts';

/** The radar, or bars for fewer than three topics. */
export function chart(input: ExportInput, topics: Topics = []): ExportBlock[] {
	const { words, direction, accent } = input;
	const shown = input.topics.filter((topic) => isIn(topics, topic.id));
	if (shown.length === 0) return [];
	const note = (topic: ExportTopic): string =>
		topic.score === null ? '' : score(input, topic.score);
	const rows = shown.map((topic) => ({
		label: topic.short || topic.title,
		value: topic.score,
		target: topic.target,
		note: note(topic)
	}));
	const title = words('export.radarTitle');
	const description = shown
		.map((topic) =>
			words('export.radarPoint', {
				topic: inSentence(topic.title, direction),
				score: score(input, topic.score),
				target: topic.target === null ? dash : score(input, topic.target)
			})
		)
		.join(' ');
	const common = { title, description, direction, accent };
	const key = {
		value: words('export.keyScore'),
		target: words('export.keyTarget'),
		missing: words('export.keyMissing')
	};
	const digits = (level: number): string => number(input, level);
	const areBars = shown.length < 3;
	const drawn = areBars
		? bars({ ...common, rows, size: 520, fontSize: 15 })
		: radar({ ...common, axes: rows, size: 520, fontSize: 15, key, digits });
	const caption = words(areBars ? 'export.barsCaption' : 'export.radarCaption');
	// Less than half a page high, so that it stays beside its table.
	const scale = Math.min(0.75, 375 / drawn.height);
	return [
		{
			kind: 'figure',
			svg: drawn.svg,
			png: null,
			width: Math.round(drawn.width * scale),
			height: Math.round(drawn.height * scale),
			alt: `${title}. ${description}`,
			caption
		}
	];
}
