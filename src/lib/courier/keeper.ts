/**
 * The keeper: everything that keeping takes, behind one door, so that `state` can load it in one
 * piece when it is needed. A page that only reads carries none of it.
 */
import type { Lang } from '#lib/model/guide.ts';
import { openChannel } from './channel.ts';
import { browserWorld, isFull } from './fill.ts';
import {
	abandonGuide,
	checkForUpdates,
	commitGuide,
	downloadGuide,
	findLost,
	planGuide,
	removeGuide,
	sweep,
	type GuideName,
	type GuideUpdate
} from './guides.ts';
import {
	applyWaiting,
	dropIfDisabled,
	forgetApp,
	installApp,
	isWhole,
	register,
	watch
} from './kept-app.ts';
import { languagesOf, readRecord } from './record.ts';

export type Progress = (done: number, total: number) => void;
/** What a visit finds on the device. */
export type Found = {
	/** Whole and served: the guide's files and the app. */
	ready: GuideName[];
	/** Asked for and not whole yet. */
	pending: GuideName[];
	/** Once whole; the browser has taken something of the guide or of the app (F-29). */
	lost: GuideName[];
};

/** What `state` asks of the device and the network. All methods throw Problems. */
export type Keeper = {
	/** Looks at what is there; deletes files that nothing names. Asks nothing of the network. */
	look: () => Promise<Found>;
	/**
	 * Keeps a guide, and the app in its language; for a kept guide this is its update. Throws
	 * 'pack-unreachable', 'pack-broken' (call again to go on), 'storage-full', or the signal's reason.
	 */
	keep: (guide: string, lang: Lang, progress: Progress, signal: AbortSignal) => Promise<void>;
	/** Gives up a download; a kept edition stays. Gives what is on the device then. */
	giveUp: (guide: string, lang: Lang) => Promise<Found>;
	/** Takes a guide off the device, and the app with the last one. */
	remove: (guide: string, lang: Lang) => Promise<Found>;
	updates: () => Promise<GuideUpdate[]>;
	/** F-28: true when this version was withdrawn and has been taken off the device. */
	dropIfDisabled: () => Promise<boolean>;
	/** False when no new version waits. Throws, and changes nothing, when `flush` does. */
	applyApp: (flush: () => Promise<void>) => Promise<boolean>;
};

/**
 * `version`: the page's own. `onWaiting`: a new version of the app is whole and waits.
 * `onChanged`: another tab has kept, refreshed or removed something.
 */
export function openKeeper(version: string, onWaiting: () => void, onChanged: () => void): Keeper {
	const world = browserWorld();
	const channel = openChannel((message) => {
		if (message.type === 'kept-changed') onChanged();
	});
	const tellOthers = () => channel.say({ type: 'kept-changed' });
	const registered = () => navigator.serviceWorker.getRegistration();

	async function found(lost: GuideName[] = []): Promise<Found> {
		const record = await readRecord(world);
		const kept = record.guides.map(nameOf);
		const pending = record.pending.map(nameOf);
		const isServed =
			kept.length > 0 && (await isWhole(world, await registered(), languagesOf(record)));
		return isServed
			? { ready: kept, pending, lost }
			: { ready: [], pending, lost: [...lost, ...kept] };
	}

	async function keep(guide: string, lang: Lang, progress: Progress, signal: AbortSignal) {
		const plan = await planGuide(world, guide, lang, signal);
		const parts = {
			app: { done: 0, total: 0 },
			guide: { done: 0, total: plan.entry.bundle.bytes }
		};
		const follow = (part: keyof typeof parts) => (done: number, total: number) => {
			parts[part] = { done, total };
			progress(parts.app.done + parts.guide.done, parts.app.total + parts.guide.total);
		};
		follow('guide')(0, parts.guide.total);
		const languages = languagesOf(await readRecord(world));
		// Both at once: on a slow line either spends much of its time waiting for an answer.
		const results = await Promise.allSettled([
			register(onWaiting).then((registration) => {
				const options = { signal, onProgress: follow('app') };
				return installApp(world, registration, languages, version, options);
			}),
			downloadGuide(world, plan, { signal, onProgress: follow('guide') })
		]);
		const reasons = results.flatMap((r) => (r.status === 'rejected' ? [r.reason as unknown] : []));
		if (reasons.some(isFull)) await abandonGuide(world, plan.entry).catch(() => {});
		if (reasons.length > 0) throw reasons.find(isFull) ?? reasons[0];
		await commitGuide(world, plan);
		tellOthers();
	}

	/** What nobody keeps any more lies on no disk: the app goes with the last guide. */
	async function afterRemoval(): Promise<Found> {
		const isEmpty = languagesOf(await readRecord(world)).length === 0;
		if (isEmpty) await forgetApp(world, await registered());
		tellOthers();
		return found();
	}

	return {
		look: async () => {
			const registration = await registered();
			if (registration) watch(registration, onWaiting);
			const lost = await findLost(world);
			await sweep(world);
			return found(lost);
		},
		keep: async (guide, lang, progress, signal) => {
			await navigator.storage?.persist?.().catch(() => false);
			const work = () => keep(guide, lang, progress, signal);
			// A second tab that goes on with the same download waits, and then finds all of it there.
			await (navigator.locks?.request(`keep ${lang}/${guide}`, { signal }, work) ?? work());
		},
		giveUp: async (guide, lang) => {
			await abandonGuide(world, { id: guide, lang });
			return afterRemoval();
		},
		remove: async (guide, lang) => {
			await removeGuide(world, guide, lang);
			return afterRemoval();
		},
		updates: () => checkForUpdates(world),
		dropIfDisabled: async () => {
			const registration = await registered();
			return registration ? dropIfDisabled(world, registration, version) : false;
		},
		applyApp: async (flush) => {
			const registration = await registered();
			return registration ? applyWaiting(registration, flush) : false;
		}
	};
}

const nameOf = ({ id, lang }: GuideName): GuideName => ({ id, lang });
