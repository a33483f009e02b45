/** Lighthouse's own scores (mobile) for a reader's page and a worker's page. */
import { chromium, type Browser } from '@playwright/test';
import type { Figure } from './run.ts';
import { args, median, startApp } from './stage.ts';

const pages = {
	home: '/en/',
	section: '/en/guides/cybersecurity/lead-authority/',
	assessment: '/en/assess/cybersecurity/'
};
const metrics = [
	'first-contentful-paint',
	'largest-contentful-paint',
	'total-blocking-time',
	'cumulative-layout-shift',
	'speed-index'
];
/** One audit of a page says little of its speed: Lighthouse's own advice is the median of five. */
const rounds = 5;
const port = 9333;

export async function lighthouse(_browser: Browser): Promise<Figure[]> {
	const { default: audit } = await import('lighthouse');
	const app = await startApp('build', 4404);
	const own = await chromium.launch({
		args: [...args, `--remote-debugging-port=${port}`],
		...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {})
	});
	const figures: Figure[] = [];
	// The first page of a fresh browser pays for the browser's own start.
	const first = await own.newPage();
	await first.goto(`${app.origin}/en/notes/`, { waitUntil: 'networkidle' });
	await first.close();
	for (const [name, path] of Object.entries(pages)) {
		const scores = new Map<string, number[]>();
		for (let round = 0; round < rounds; round++) {
			const found = await audit(app.origin.replace('127.0.0.1', 'localhost') + path, {
				port,
				logLevel: 'error',
				onlyCategories: ['performance', 'accessibility', 'best-practices']
			});
			for (const [id, { score }] of Object.entries(found!.lhr.categories)) {
				scores.set(id, [...(scores.get(id) ?? []), Math.round((score ?? 0) * 100)]);
			}
			// What the score of performance is made of, and what costs points elsewhere.
			const measured = metrics.map((id) => {
				const { score, displayValue } = found!.lhr.audits[id]!;
				return `${id} ${displayValue} (${score})`;
			});
			console.log(`  ${name}: ${measured.join(', ')}`);
			for (const lost of Object.values(found!.lhr.audits)) {
				if (lost.score !== null && lost.score < 1 && lost.scoreDisplayMode === 'binary') {
					console.log(`  ${name}: ${lost.id}: ${lost.title}`);
				}
			}
		}
		for (const [id, values] of scores) {
			console.log(`  ${name}: ${id}: ${values.join(' ')}`);
			figures.push({
				what: `Lighthouse, ${name}: ${id}, median of ${rounds}`,
				value: median(values),
				unit: 'score',
				limit: 100
			});
		}
	}
	await own.close();
	await app.stop();
	return figures;
}
