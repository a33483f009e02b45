/** The glossary of a guide. */
import type { Term } from '#lib/model/guide.ts';
import type { Pack } from './pack.ts';

export function readTerms(pack: Pack): Term[] {
	const file = pack.words('terms.json');
	const ids = file.keys();
	return ids.map((id) => {
		const entry = file.child(id);
		const see = entry.texts('see', true);
		for (const other of see) {
			if (!ids.includes(other)) entry.wrong('see', 'a term of terms.json', other);
		}
		return {
			id,
			term: entry.text('term'),
			definition: entry.text('definition'),
			also: entry.texts('also', true),
			see
		};
	});
}
