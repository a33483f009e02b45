/** What is known of this device's keeping: written by `offline-work.ts`, shown by `offline.svelte.ts`. */
import type { Lang } from '#lib/model/guide.ts';
import type { Problem } from '#lib/model/problem.ts';

/** ready: whole, and opens from a cold start. update-ready: that, and there is something newer. */
export const offlineStates = ['not-kept', 'downloading', 'ready', 'update-ready'] as const;
export type OfflineState = (typeof offlineStates)[number];

export type KeptGuide = {
	state: OfflineState;
	/** Transferred bytes. While 'update-ready', `total` is what the update takes. */
	done: number;
	total: number;
	problem: Problem | undefined;
};

/**
 * unknown: not looked yet (or a development server). insecure: plain HTTP, where browsers have no
 * service workers. old: a browser, or a private window, without them.
 */
export type Support = 'unknown' | 'yes' | 'insecure' | 'old';

export const untouched: KeptGuide = { state: 'not-kept', done: 0, total: 0, problem: undefined };

export class OfflineFacts {
	/** By `keyOf`. */
	guides = $state<Record<string, KeptGuide>>({});
	/** Keys of what was kept and is gone. */
	lost = $state<string[]>([]);
	supported = $state<Support>('unknown');
	appUpdate = $state(false);
	isConnected = $state(true);
	hasAnswered = $state(true);
	revision = $state(0);
}

export const keyOf = (guide: string, lang: Lang): string => `${lang}/${guide}`;
