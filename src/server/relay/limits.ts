/** What the operator allows: the SYNC_… settings, their defaults and bounds, and what each means. */
import type { Room } from '../storage/storage.ts';

export interface Limits {
	room: Room;
	/** Requests a minute of one device. */
	rate: number;
	/** Requests a minute of one network address. */
	addressRate: number;
	/** New workspaces an hour of one network address. */
	createRate: number;
	/** Open live streams of one network address. */
	streams: number;
	/** Proxies before this server whose word on addresses is taken. */
	proxies: number;
	/** How long a log stays after its snapshot, in days (C-3). */
	graceDays: number;
	/** Untouched for so many days, a workspace is deleted; 0: never. */
	retentionDays: number;
	/** What whoever shares a workspace has to know; null: nothing. */
	code: string | null;
	/** What whoever reads the metrics from elsewhere has to show; null: nobody may. */
	metricsToken: string | null;
}

/** The whole numbers: default, least, most, and what is expected. */
export const numbers = {
	SYNC_WORKSPACES: [100_000, 1, 100_000_000],
	SYNC_WORKSPACE_MB: [64, 1, 100_000],
	SYNC_HOLDERS: [1_000, 2, 100_000],
	SYNC_RATE: [600, 1, 1_000_000],
	SYNC_ADDRESS_RATE: [12_000, 1, 100_000_000],
	SYNC_CREATE_RATE: [60, 1, 1_000_000],
	SYNC_STREAMS: [1_000, 1, 1_000_000],
	SYNC_PROXIES: [0, 0, 10],
	SYNC_GRACE_DAYS: [14, 1, 3_650],
	SYNC_RETENTION_DAYS: [0, 0, 36_500]
} as const satisfies { [name: string]: readonly [number, number, number] };

export type NumberName = keyof typeof numbers;

/** The limits of values that were read, or the defaults. */
export function limitsOf(
	read: (name: NumberName) => number,
	code: string | null,
	metricsToken: string | null
): Limits {
	return {
		room: {
			workspaces: read('SYNC_WORKSPACES'),
			bytes: read('SYNC_WORKSPACE_MB') * 1_000_000,
			holders: read('SYNC_HOLDERS')
		},
		rate: read('SYNC_RATE'),
		addressRate: read('SYNC_ADDRESS_RATE'),
		createRate: read('SYNC_CREATE_RATE'),
		streams: read('SYNC_STREAMS'),
		proxies: read('SYNC_PROXIES'),
		graceDays: read('SYNC_GRACE_DAYS'),
		retentionDays: read('SYNC_RETENTION_DAYS'),
		code,
		metricsToken
	};
}

export const defaultLimits: Limits = limitsOf((name) => numbers[name][0], null, null);
