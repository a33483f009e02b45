/**
 * Who is who in Numenia: the bodies of the story that all guides tell, and whatever else a guide's
 * measures name as their owner. Ids are those of the owners, so that a second guide adds only whom
 * the first one did not know.
 */
import type * as Y from 'yjs';
import type { Owner } from '#lib/model/guide.ts';
import type { Scale, Stakeholder } from '#lib/model/plan.ts';
import * as document from '#lib/sync/document.ts';
import type { Author } from '#lib/sync/document.ts';
import { draw } from './demo-draw.ts';
import type { DemoWords } from './demo-words.ts';

/** Power and interest as the team judged them. */
const known: Record<string, [Scale, Scale]> = {
	'pm-office': [5, 4],
	'digital-ministry': [4, 5],
	finance: [5, 2],
	interior: [4, 4],
	justice: [4, 3],
	'health-ministry': [3, 4],
	education: [3, 2],
	'foreign-affairs': [3, 3],
	regulator: [4, 4],
	cirt: [2, 5],
	'sector-regulator': [4, 4],
	operators: [4, 3],
	'mobile-operators': [3, 3],
	university: [2, 4],
	'private-sector': [3, 2],
	'civil-society': [2, 5]
};

/** Whom a guide calls otherwise is somebody that Numenia has already. */
const alias: Record<Owner, Owner> = {
	'cyber-authority': 'digital-ministry',
	'evaluation-body': 'university',
	'research-institute': 'university'
};
const leads: Record<string, Owner> = {
	ehealth: 'health-ministry',
	eagriculture: 'agriculture-ministry'
};

/** The body that leads the strategy of a guide. */
export const leadOf = (guide: string): Owner => leads[guide] ?? 'digital-ministry';

const bodyOf = (owner: Owner, guide: string): Owner =>
	owner === 'lead-authority' ? leadOf(guide) : (alias[owner] ?? owner);

export const partyId = (owner: Owner, guide: string): string => `numenia-${bodyOf(owner, guide)}`;

export const partyNameOf = (owner: Owner, guide: string, words: DemoWords): string =>
	words.owner(bodyOf(owner, guide));

/** The register, with the bodies of the story first and those that `owners` adds after them. */
export function register(
	doc: Y.Doc,
	by: Author,
	{ guide, owners, words }: { guide: string; owners: readonly Owner[]; words: DemoWords }
): void {
	const there = new Set(document.readWorkspace(doc).stakeholders.map(({ id }) => id));
	const wanted = [...Object.keys(known), leadOf(guide), ...owners.map((o) => bodyOf(o, guide))];
	let order = there.size;
	for (const owner of new Set(wanted)) {
		const id = partyId(owner, guide);
		if (there.has(id)) continue;
		order += 1;
		const [power, interest] = known[owner] ?? [null, null];
		const party: Stakeholder = {
			id,
			name: words.owner(owner),
			person: words.maybe(`post-${owner}`),
			role: words.maybe(`role-${owner}`),
			power,
			interest,
			note: '',
			order
		};
		document.putStakeholder(doc, by, party);
	}
}

const ministries = ['interior', 'justice', 'finance', 'health-ministry', 'education'];

/** Who protects an action: above a ministry the Prime Minister's Office, else the lead of the guide. */
export function sponsorOf(owner: Owner, guide: string): string {
	const body = bodyOf(owner, guide);
	const lead = leadOf(guide);
	const sponsor = body === lead || ministries.includes(body) ? 'pm-office' : lead;
	return partyId(body === 'pm-office' ? 'finance' : sponsor, guide);
}

/** One or two others who take part: neither the owner nor the sponsor. */
export function partnersOf(id: string, owner: Owner, guide: string): string[] {
	const busy = [partyId(owner, guide), sponsorOf(owner, guide)];
	const others = Object.keys(known).filter((body) => !busy.includes(partyId(body, guide)));
	const first = draw(id, 'partner') % others.length;
	const second = (first + 1 + (draw(id, 'second') % (others.length - 1))) % others.length;
	return [first, second]
		.slice(0, 1 + (draw(id, 'partners') % 2))
		.map((i) => partyId(others[i] ?? '', guide));
}
