/**
 * The Conductor: the workshop that this window runs. What the projector and the phones are shown, and what
 * "next" does.
 *
 * It outlives the facilitator's page: whoever looks something up in the plan has a room that goes on. Pages
 * that were never at a workshop load nothing of it.
 */
import { mount, unmount } from 'svelte';
import type { Workshop } from '#lib/model/workshop.ts';
import type { OpenGuide } from '#lib/state/guide.svelte.ts';
import { roomHost } from '#lib/state/room-host.svelte.ts';
import { live } from '#lib/state/workspace.svelte.ts';
import { revealRound, turnTo } from '#lib/sync/document.ts';
import { currentLang, date, useWords } from '#lib/ui/words.ts';
import { previousOf, runOf } from '#lib/workshop/agenda.ts';
import { stageOf } from '#lib/workshop/ballot.ts';
import {
	ballotAt,
	sceneChannel,
	sceneOf,
	type SceneMessage,
	type Show
} from '#lib/workshop/scene.ts';
import { door } from '../door.svelte.ts';
import { edit } from '../edits.ts';
import { Ticking } from '../ticking.svelte.ts';
import { ForPhones } from './for-phones.svelte.ts';
import StillRunning from './StillRunning.svelte';

const t = useWords();

class Conductor {
	/** What the facilitator wants to be seen. */
	show = $state<Show>('auto');
	/** What became of the last thing that was done. */
	said = $state('');
	readonly clock = new Ticking();

	#id = $state('');
	#open = $state.raw<OpenGuide | null>(null);
	/** The ballot that somebody wanted to leave without recording it. */
	#left = $state('');
	#phones = new ForPhones();
	#channel: BroadcastChannel | undefined;
	/** Another window of this browser was taken in hand: that one has the projector. */
	#isSilent = false;
	#stops: (() => void)[] = [];

	readonly workshop: Workshop | null = $derived(
		live.workspace?.workshops.find(({ id }) => id === this.#id) ?? null
	);
	readonly run = $derived(this.workshop && runOf(this.workshop, this.clock.iso));
	readonly session = $derived(this.run?.current?.session ?? null);
	readonly ballot = $derived(
		this.workshop && this.session ? ballotAt(this.workshop, this.session.id) : null
	);
	readonly stage = $derived(this.ballot ? stageOf(this.ballot) : null);
	readonly canReveal = $derived.by(() => {
		const { ballot, stage } = this;
		if (!ballot || this.show !== 'auto') return false;
		const round = stage === 'open-1' ? 0 : stage === 'open-2' ? 1 : null;
		return round !== null && ballot.rounds[round].voters.length > 0;
	});
	/** "Next" was asked for while a vote is shown that nobody recorded: a second time, it goes on. */
	readonly isLeaving = $derived(
		this.#left !== '' &&
			this.#left === this.ballot?.id &&
			(this.stage === 'revealed-1' || this.stage === 'revealed-2')
	);
	readonly scene = $derived.by(() => {
		const { workshop, run } = this;
		const open = this.#open;
		if (!workshop || !run || !open) return null;
		return sceneOf(workshop, run, this.show, {
			lang: currentLang(),
			rehearsal: live.workspace?.demo ?? false,
			now: this.clock.now,
			words: (id) => {
				const found = open.questions.get(id);
				return found
					? { title: found.title, question: found.question, levels: found.levels }
					: null;
			},
			day: workshop.day ? date(workshop.day) : '',
			join:
				roomHost.state === 'open'
					? {
							kind: 'join',
							link: door.link,
							address: door.address,
							joined: roomHost.joined,
							isLaptop: door.isLaptop
						}
					: null
		});
	});

	/** From now on this window runs that workshop; `open`: its guide, as the page has it. */
	conduct(id: string, open: OpenGuide): void {
		this.#open = open;
		if (this.#id !== id) {
			this.leave();
			this.#open = open;
			this.#id = id;
			// Svelte hangs a root that is begun inside an effect below it: this one would stop with the page.
			queueMicrotask(() => this.#id === id && this.#begin());
		}
		// A laptop that died in the middle goes on with the phones that it had.
		void roomHost.attend(id);
		this.take();
	}

	/** This window has the projector: two that send to it, or that hear its clicker, are one too many. */
	take(): void {
		this.#isSilent = false;
		this.#post({ kind: 'taken' });
		this.#send();
	}

	/** The facilitator goes to another page. What has not begun, and has no phones, needs nobody. */
	rest(): void {
		const hasBegun = (this.workshop?.turns.length ?? 0) > 0 && !this.workshop?.closed;
		if (!hasBegun && roomHost.state !== 'open') this.leave();
	}

	leave(): void {
		for (const stop of this.#stops.splice(0)) stop();
		this.#channel = undefined;
		this.#id = this.#left = this.said = '';
		this.#open = null;
		this.show = 'auto';
	}

	/** What "next" does now: shows the votes that are in, or goes to the next session. */
	next(): void {
		const { workshop, run, ballot, stage } = this;
		if (!workshop || !run || workshop.closed) return;
		if (this.canReveal && ballot) {
			const round = stage === 'open-2' ? 2 : 1;
			edit('reveal', (doc, by) => revealRound(doc, by, ballot.id, round));
			this.said = t('workshop.revealed');
		} else if (run.next && ballot && stage?.startsWith('revealed') && !this.isLeaving) {
			this.#left = ballot.id;
		} else if (run.next) {
			// While people arrive, the code by which they join stays.
			if (workshop.turns.length > 0 || this.show !== 'join') this.show = 'auto';
			this.turn(run.next.id);
		}
	}
	back(): void {
		const { workshop, run } = this;
		if (!workshop || !run || workshop.closed) return;
		const before = previousOf(run, workshop.turns);
		this.show = 'auto';
		if (before) this.turn(before.id);
	}
	/** Goes to a session; '' is a pause. */
	turn(to: string): void {
		const id = this.#id;
		this.said = '';
		edit('turn', (doc, by) => turnTo(doc, by, id, to));
	}

	#begin(): void {
		if (this.#stops.length > 0) return;
		const channel = new BroadcastChannel(sceneChannel);
		channel.onmessage = ({ data }: MessageEvent<SceneMessage>) => {
			if (data?.kind === 'taken') this.#isSilent = true;
			else if (this.#isSilent) return;
			else if (data?.kind === 'hello') this.#send();
			else if (data?.kind === 'key') this[data.key === 'next' ? 'next' : 'back']();
		};
		this.#channel = channel;
		this.take();
		const line = mount(StillRunning, { target: document.querySelector('.app') ?? document.body });
		this.#stops.push(
			() => channel.close(),
			() => void unmount(line),
			this.clock.start(),
			$effect.root(() => {
				$effect(() => {
					if (this.workshop && this.run && this.#open) {
						this.#phones.send(this.workshop, this.run, this.#open);
					}
				});
				// Half a second late is early enough for a room; a killed projector window asks anew.
				$effect(() => {
					void this.scene;
					this.#send();
				});
			})
		);
	}
	#send(): void {
		if (this.#isSilent || !this.scene) return;
		this.#post({ kind: 'scene', scene: $state.snapshot(this.scene) });
	}
	#post(message: SceneMessage): void {
		this.#channel?.postMessage(message);
	}
}

export const conductor = new Conductor();
