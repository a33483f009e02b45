/**
 * Phone: this phone in the room of a workshop, for its page to read.
 *
 * Apart from all else that is live: it opens no workspace and no database, and its page loads neither.
 */
import { browser } from '$app/environment';
import { RelayClient } from '#lib/courier/relay-client.ts';
import type { Level } from '#lib/model/guide.ts';
import { asProblem, Problem } from '#lib/model/problem.ts';
import type { Guest, Place } from '#lib/model/room.ts';
import type { EvaluationForm } from '#lib/model/workshop.ts';
import type { Keep } from '#lib/room/kept.ts';
import { keyOfNote } from '#lib/room/messages.ts';
import { PhoneRun } from '#lib/room/phone-run.ts';
import type { PhoneState } from '#lib/room/phone-run.ts';
import { checkGuest, sayCard, sayDots, sayForm, sayHelp, sayVote } from '#lib/room/saying.ts';
import type { OwnCard, PhoneFacade, PhonePhase } from './phone-facts.ts';

export type { OwnCard, PhoneFacade, PhonePhase } from './phone-facts.ts';

/** localStorage; merely looking at it throws where it is denied. */
const pocket: Keep = {
	read(name) {
		try {
			return localStorage.getItem(name);
		} catch {
			return null;
		}
	},
	write(name, text) {
		try {
			localStorage.setItem(name, text);
			return true;
		} catch {
			return false;
		}
	},
	remove(name) {
		try {
			localStorage.removeItem(name);
		} catch {
			// Nothing was kept there.
		}
	}
};

export class Phone implements PhoneFacade {
	#run: PhoneRun | null = null;
	#state = $state.raw<PhoneState | null>(null);

	constructor() {
		if (!browser) return;
		addEventListener('online', () => this.wake());
		addEventListener('offline', () => this.wake());
		window.addEventListener('pageshow', (event) => {
			if (event.persisted) this.wake();
		});
		document.addEventListener('visibilitychange', () =>
			this.#run?.seen(document.visibilityState === 'visible')
		);
		// Another tab of this phone is the same device.
		window.addEventListener('storage', ({ key }) => {
			if (key === null || key.startsWith('room/')) this.#run?.reread();
		});
	}

	get phase(): PhonePhase {
		return this.#state?.phase ?? 'reading';
	}
	get problem(): Problem | null {
		return this.#state?.problem ?? null;
	}
	get line(): 'live' | 'trying' {
		return this.#state?.line ?? 'trying';
	}
	get waiting(): number {
		return this.#state?.kept?.waiting.length ?? 0;
	}
	get keptHere(): boolean {
		return this.#state?.keptHere ?? true;
	}
	get room(): { title: string; until: string } | null {
		const kept = this.#state?.kept;
		if (!kept?.by) return null;
		return { title: kept.title, until: kept.until ? new Date(kept.until).toISOString() : '' };
	}
	get me(): Guest | null {
		return this.#state?.kept?.me ?? null;
	}
	get scene() {
		return this.#state?.scene ?? null;
	}
	get body() {
		return this.#state?.body ?? null;
	}
	get ends(): number | null {
		return this.#state?.ends ?? null;
	}
	myVote(ballot: string, round: 1 | 2): Level | null | undefined {
		return this.#state?.kept?.votes[`${ballot}/${round}`];
	}
	get wasLate(): boolean {
		const { body, kept } = this.#state ?? {};
		return body?.kind === 'ballot' && body.late.includes(kept?.lane ?? 0);
	}
	get myDots(): Record<string, number> {
		return this.#state?.kept?.dots ?? {};
	}
	myCards(session: string): OwnCard[] {
		const { cards = [], waiting = [] } = this.#state?.kept ?? {};
		const onTheWay = new Set(waiting.map(({ note }) => keyOfNote(note)));
		return cards
			.filter((card) => card.session === session)
			.map((card) => ({ ...card, arrived: !onTheWay.has(keyOfNote({ k: 'card', ...card })) }));
	}
	get formGiven(): boolean {
		return this.#state?.kept?.formGiven ?? false;
	}
	get helpOn(): boolean {
		return this.#state?.kept?.helpOn ?? false;
	}

	async open(link: string): Promise<void> {
		this.#run?.stop();
		this.#state = null;
		const run = new PhoneRun(
			{
				relay: new RelayClient((...args) => fetch(...args)),
				keep: pocket,
				now: () => Date.now(),
				clock: () => performance.now(),
				random: () => Math.random()
			},
			(state) => {
				if (this.#run === run) this.#state = state;
			}
		);
		this.#run = run;
		await run.open(link);
	}

	async join(me: Guest): Promise<void> {
		await this.#opened().join(checkGuest(me));
	}
	vote(ballot: string, round: 1 | 2, level: Level | null): void {
		sayVote(this.#opened(), { ballot, round, level, at: new Date().toISOString() });
	}
	card(session: string, column: string, text: string, id?: string): void {
		sayCard(this.#opened(), { session, column, text, id });
	}
	dots(card: string, n: number): void {
		sayDots(this.#opened(), card, n);
	}
	form(workshop: string, marks: EvaluationForm['marks'], comment: string): void {
		sayForm(this.#opened(), workshop, marks, comment);
	}
	help(on: boolean): void {
		sayHelp(this.#opened(), on);
	}
	doing(place: Place): void {
		this.#run?.doing(place);
	}
	async leave(): Promise<void> {
		await this.#run?.leave();
	}
	wake(): void {
		this.#run?.wake();
	}

	#opened(): PhoneRun {
		if (!this.#run) throw new Problem('room-no-key');
		return this.#run;
	}
}

/** The words of whatever a call of `phone` threw. */
export const problemOf = asProblem;

/** The phone of this window. */
export const phone = new Phone();
