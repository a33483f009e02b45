/**
 * Sharing: the open workspace, other people's devices, and what lies between.
 *
 * Loaded where a workspace is shared (`live.role`) or where somebody opens the people screen; a page
 * that shares nothing pays nothing for it.
 */
import { browser } from '$app/environment';
import { deadline, shortPatience } from '#lib/courier/fetch.ts';
import { Problem } from '#lib/model/problem.ts';
import type {
	Invited,
	Invite,
	Me,
	Person,
	Preview,
	Role,
	SharingFacade,
	SyncState
} from './sharing-facts.ts';
import { live } from './workspace.svelte.ts';

export type {
	Invite,
	Invited,
	Me,
	Person,
	Preview,
	Role,
	SharingFacade,
	SyncState
} from './sharing-facts.ts';

export class Sharing implements SharingFacade {
	get state(): SyncState {
		return 'off';
	}
	get waiting(): number {
		return 0;
	}
	get lastSuccess(): string {
		return '';
	}
	get reason(): Problem | null {
		return null;
	}
	get notices(): Problem[] {
		return [];
	}
	get bytes(): { sent: number; received: number; since: string } {
		return { sent: 0, received: 0, since: '' };
	}
	get paused(): boolean {
		return false;
	}
	get role(): Role | null {
		return live.role;
	}
	get people(): Person[] {
		return [];
	}
	get invitations(): Invited[] {
		return [];
	}

	async pause(): Promise<void> {}
	async resume(): Promise<void> {}
	async syncNow(): Promise<void> {}

	async available(): Promise<boolean> {
		if (!browser) return false;
		const limit = deadline(shortPatience);
		try {
			const response = await fetch('/api/health', { signal: limit.signal, cache: 'no-store' });
			const type = response.headers.get('content-type') ?? '';
			if (response.status !== 200 || !/\bjson\b/i.test(type)) return false;
			const health: unknown = await response.json();
			const storage = typeof health === 'object' && health !== null && 'storage' in health;
			return storage && health.storage !== 'none';
		} catch {
			return false;
		} finally {
			limit.clear();
		}
	}

	async share(_me: Me, _code?: string): Promise<void> {
		throw new Problem('sync-none');
	}
	async invite(_what: Invite): Promise<string> {
		throw new Problem('sync-none');
	}
	async preview(_link: string): Promise<Preview> {
		throw new Problem('sync-none');
	}
	async join(_link: string, _me: Me): Promise<string> {
		throw new Problem('sync-none');
	}
	async rename(_me: Me): Promise<void> {}
	async revoke(_ids: string[]): Promise<void> {}
	async leave(): Promise<void> {}
	async stopSharing(): Promise<void> {}
	async recovery(): Promise<{ link: string; words: string[] }> {
		throw new Problem('sync-none');
	}
	async restore(_words: string, _me: Me): Promise<string> {
		throw new Problem('sync-none');
	}
	sayWhere(_where: string): void {}
}

export const sharing = new Sharing();
