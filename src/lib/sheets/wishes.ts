/** From the value of a cell to the fields of the model: names become ids, numbers become actions. */
import type { Change, Refusal } from './change.ts';
import type { Comparing } from './compare.ts';
import { numbersIn } from './canonical.ts';
import { actionOf } from './rules.ts';
import { sameName } from './text.ts';
import { tableOf, valueOf, type Column, type Value } from './table.ts';
import { namesIn } from './value.ts';

type Wish = { set: Change['set'] } | { wrong: Refusal; values?: Record<string, string | number> };

/** `id`: of the row that it is about. */
export function wishesOf(comparing: Comparing, column: Column, value: Value, id: string): Wish {
	const { name, kind } = column;
	const text = String(value ?? '');
	switch (kind) {
		case 'party':
			return partyWish(comparing, name, text, id.includes('/'));
		case 'parties': {
			const ids: string[] = [];
			for (const party of namesIn(text)) {
				const found = partyOf(comparing, party);
				if (!found) return { wrong: 'party', values: { party } };
				ids.push(found);
			}
			return { set: { partnerIds: ids } };
		}
		case 'tags':
			return { set: { [name]: namesIn(text) } };
		case 'action':
			return { set: {} };
		case 'actions': {
			const ids: string[] = [];
			for (const number of numbersIn(value) ?? []) {
				const found = actionOf(comparing, number);
				if (!found) return { wrong: 'noAction', values: { number } };
				if (found.id === id) return { wrong: 'itself' };
				ids.push(found.id);
			}
			return { set: { [name]: ids } };
		}
		case 'choice':
			return choiceWish(comparing, column, text);
		default:
			return { set: name === 'no' ? {} : { [name]: value } };
	}
}

function choiceWish({ now, newObjectives }: Comparing, { name, list }: Column, code: string): Wish {
	if (name === 'of' || (name === 'objective' && !list)) return { set: {} };
	// A file from elsewhere knows objectives and guides that this workspace does not.
	const isNew = [...newObjectives.values()].some(({ id }) => id === code);
	if (code !== '' && list && !isNew && !now.lists[list].some((choice) => choice.code === code)) {
		const choices = now.lists[list].map(({ label }) => label).slice(0, 12);
		return { wrong: 'choice', values: { choices: choices.join(', ') } };
	}
	return { set: { [name]: list === 'scale' ? (code === '' ? null : Number(code)) : code } };
}

/** An owner need not be in the register: then the name is kept as it was written. */
function partyWish(comparing: Comparing, name: string, text: string, isPart: boolean): Wish {
	const id = text === '' ? '' : partyOf(comparing, text);
	if (name === 'owner' && !isPart) return { set: { ownerId: id ?? '', owner: text } };
	if (id === undefined) return { wrong: 'party', values: { party: text } };
	return { set: { [name === 'sponsor' ? 'sponsorId' : name]: id } };
}

function partyOf({ now, newParties }: Comparing, name: string): string | undefined {
	const wanted = sameName(name);
	const table = tableOf(now, 'stakeholders');
	const at = table?.columns.findIndex((column) => column.name === 'shown') ?? -1;
	const known = table?.rows.find(
		({ cells }) => sameName(String(valueOf(cells[at]) ?? '')) === wanted
	);
	if (known) return known.id;
	for (const [party, { id }] of newParties) if (sameName(party) === wanted) return id;
	return undefined;
}
