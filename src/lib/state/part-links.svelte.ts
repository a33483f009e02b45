/**
 * Links to parts: another ministry answers in a small workspace at the relay, and the page "Ask another
 * ministry" sees how far it is and what came back.
 *
 * The way in stays in this browser, sealed with all else where there is a passphrase. It is not in the
 * workspace: everybody who reads that, or gets a copy, could then answer as the ministry.
 */
import { writeInvitation } from '#lib/crypto/invitation.ts';
import {
	asPartLink,
	endPartLink,
	invitationOf,
	openPartLink,
	readPartLink
} from '#lib/courier/part-link.ts';
import type { Opener, PartLink } from '#lib/courier/part-link.ts';
import { RelayClient } from '#lib/courier/relay-client.ts';
import { RelayError, syncProblem } from '#lib/courier/relay-error.ts';
import { partDocument, readReturnedState } from '#lib/device/part-file.ts';
import type { Returned } from '#lib/device/part-file.ts';
import { newId } from '#lib/model/ids.ts';
import { Problem } from '#lib/model/problem.ts';
import type { Part } from '#lib/model/workspace.ts';
import { stateOf } from '#lib/sync/document.ts';
import { live } from './workspace.svelte.ts';
import type { LiveWorkspace } from './workspace.svelte.ts';

export type { Opener } from '#lib/courier/part-link.ts';

/** What this device knows of one link. */
export type KnownLink = {
	/** The address to hand on. */
	url: string;
	/** Until when it opens, ISO 8601; empty for no end. */
	until: string;
	/** Nothing of it is at the relay any more. */
	gone: boolean;
	/** When it was last looked at, ISO 8601; empty for not yet. */
	lookedAt: string;
	openers: Opener[];
	/** What was there then; null before. */
	state: Uint8Array | null;
};

/** What `PartLinks` takes from outside; the tests bring their own. */
export type Around = {
	fetch: typeof fetch;
	origin: string;
	now: () => number;
	/** Scheme and host of links, and the language of their page. */
	page: () => { origin: string; lang: string };
};
const here: Around = {
	fetch: (...args) => fetch(...args),
	origin: '',
	now: () => Date.now(),
	page: () => ({ origin: location.origin, lang: location.pathname.split('/')[1] || 'en' })
};

const settingOf = (part: Part): string => `part-link/${part.workspace}`;

export class PartLinks {
	#live: LiveWorkspace;
	#around: Around;
	/** Part id → its link, of those that are on this device. */
	#known = $state.raw<ReadonlyMap<string, KnownLink>>(new Map());

	constructor(workspace: LiveWorkspace = live, around: Around = here) {
		this.#live = workspace;
		this.#around = around;
	}

	/** The link of a part where this device has it. */
	of(part: Part): KnownLink | null {
		return this.#known.get(part.id) ?? null;
	}

	/** Reads from the store which parts have a link on this device. Rejects with its Problem. */
	async load(parts: readonly Part[]): Promise<void> {
		for (const part of parts) {
			const link = await this.#stored(part);
			if (link && !this.#known.has(part.id)) this.#learn(part, this.#fresh(link));
		}
	}

	/**
	 * Makes a link. `until`: ms since 1970, 0 for no end; `uses`: devices, 0 for any number; `code`: the
	 * server's, where it asks for one. Rejects with a Problem; there is no link then.
	 */
	async make(
		part: Part,
		{ until, uses, code = '' }: { until: number; uses: number; code?: string }
	): Promise<void> {
		if (await this.#stored(part)) return this.load([part]);
		await this.#live.flush();
		const { name = '', country = '' } = this.#live.workspace ?? {};
		const { name: person = '', organisation = '' } = this.#live.me ?? {};
		const doc = partDocument(this.#live.document(), part);
		const relay = this.#relay();
		const link = await said(() =>
			openPartLink(relay, stateOf(doc), {
				me: { name: person, organisation },
				contributor: newId(),
				...{ code, until, uses },
				workspace: { name, country },
				label: part.organisation,
				part: {
					questions: part.questions.length,
					guide: part.questions[0]?.split('/')[0] ?? '',
					by: [person, organisation].filter(Boolean).join(' · '),
					due: part.due
				},
				now: new Date(this.#around.now()).toISOString()
			})
		);
		doc.destroy();
		try {
			await (await this.#live.store()).saveSetting(settingOf(part), link);
		} catch (thrown) {
			// A link that nobody can look at or end must not stay.
			await endPartLink(relay, link).catch(() => {});
			throw thrown;
		}
		this.#learn(part, this.#fresh(link));
		if (this.#live.mayEdit) this.#live.sayLinked(part.id, link.at);
	}

	/** Reads what is at the relay. Rejects with a Problem; what was known stays. */
	async look(part: Part): Promise<void> {
		const link = await this.#stored(part);
		const before = this.#known.get(part.id);
		if (!link) return;
		const known = before ?? this.#fresh(link);
		const lookedAt = new Date(this.#around.now()).toISOString();
		try {
			const settings = await this.#live.store();
			const found = await readPartLink({ relay: this.#relay(), settings }, link);
			// Ended meanwhile.
			if (!(await this.#stored(part))) return;
			this.#learn(part, { ...known, ...found, lookedAt, gone: false });
		} catch (thrown) {
			const { code } = RelayError.of(thrown);
			const isGone = thrown instanceof RelayError && (code === 'unknown' || code === 'deleted');
			if (!isGone) throw syncProblem(thrown);
			this.#learn(part, { ...known, lookedAt, gone: true });
		}
	}

	/** What came back by the link, against the open workspace; null where nothing was read yet. */
	returned(part: Part): Returned | null {
		const state = this.#known.get(part.id)?.state;
		return state ? readReturnedState(this.#live.document(), state) : null;
	}

	/** Deletes the small workspace at the relay. Rejects with a Problem; the link stands then. */
	async end(part: Part): Promise<void> {
		const link = await this.#stored(part);
		if (!link) return;
		await said(() => endPartLink(this.#relay(), link));
		await (await this.#live.store()).saveSetting(settingOf(part), null);
		this.#learn(part, null);
		if (this.#live.mayEdit) this.#live.sayLinked(part.id, '');
	}

	#relay(): RelayClient {
		const { fetch, origin } = this.#around;
		return new RelayClient(fetch, { origin });
	}

	async #stored(part: Part): Promise<PartLink | null> {
		return asPartLink(await (await this.#live.store()).setting(settingOf(part)));
	}

	#fresh(link: PartLink): KnownLink {
		const { origin, lang } = this.#around.page();
		return {
			url: `${origin}/${lang}/join/#${writeInvitation(invitationOf(link))}`,
			until: link.until ? new Date(link.until).toISOString() : '',
			gone: false,
			lookedAt: '',
			openers: [],
			state: null
		};
	}

	#learn({ id }: Part, link: KnownLink | null): void {
		const known = new Map(this.#known);
		if (link) known.set(id, link);
		else known.delete(id);
		this.#known = known;
	}
}

/** Runs a call; what the relay says becomes a Problem. */
async function said<T>(call: () => Promise<T>): Promise<T> {
	try {
		return await call();
	} catch (thrown) {
		const none = thrown instanceof RelayError && thrown.code === 'unknown';
		throw none ? new Problem('sync-none', {}, thrown) : syncProblem(thrown);
	}
}

export const partLinks = new PartLinks();
