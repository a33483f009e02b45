/**
 * `npm run bench`: the figures that the README of this folder explains, each with its limit.
 * `npm run bench -- first-visit keep` runs some of them.
 */
import { keep } from './keep.ts';
import { firstVisit } from './first-visit.ts';
import { lighthouse } from './lighthouse.ts';
import { opening } from './opening.ts';
import { phone } from './phone.ts';
import { plan } from './plan.ts';
import { relay } from './relay.ts';
import { room } from './room.ts';
import { search } from './search-page.ts';
import { work } from './work.ts';
import { launch } from './stage.ts';

/** One line of the table. `limit` undefined: shown for orientation. */
export type Figure = {
	what: string;
	value: number;
	unit: 'ms' | 's' | 'bytes' | 'kB' | 'MB' | 'a second' | 'ratio' | 'score' | 'count';
	limit?: number;
};

const suites = {
	'first-visit': firstVisit,
	keep,
	search,
	work,
	plan,
	lighthouse,
	relay,
	room,
	phone,
	opening
};
/** Of these more is better. */
const rising = ['score', 'ratio'];
const chosen = process.argv.slice(2).filter((name) => name in suites) as (keyof typeof suites)[];

const browser = await launch();
const figures: Figure[] = [];
for (const name of chosen.length ? chosen : (Object.keys(suites) as (keyof typeof suites)[])) {
	console.log(`measuring ${name} …`);
	try {
		figures.push(...(await suites[name](browser)));
	} catch (error) {
		console.error(`${name}: ${(error as Error).stack}`);
		process.exitCode = 1;
	}
}
await browser.close();

const isMet = ({ value, unit, limit }: Figure) =>
	limit === undefined
		? ''
		: (rising.includes(unit) ? value >= limit : value <= limit)
			? 'yes'
			: 'NO';
console.table(
	figures.map((figure) => ({
		what: figure.what,
		measured: Math.round(figure.value * 100) / 100,
		unit: figure.unit,
		limit: figure.limit ?? '',
		met: isMet(figure)
	}))
);
process.exit();
