/**
 * What the tabs of one browser tell each other about sync. The leader says how its run goes; others ask
 * it to do something. A message of another form is dropped (F-44).
 */
import { isRecord } from './kept-list.ts';
import { atRest } from './run-facts.ts';
import type { RunFacts } from './run-facts.ts';

export type TabMessage =
	/** How the run of that workspace goes; the row in the store has the rest. */
	| { type: 'facts'; workspace: string; facts: RunFacts }
	/** Something of the row was changed, or somebody wants an exchange: look now. */
	| { type: 'wake'; workspace: string }
	/** A tab has opened, and does not know how it goes. */
	| { type: 'ask'; workspace: string }
	/** Where this person is in another tab. */
	| { type: 'where'; workspace: string; where: string };

export class TabLine {
	#channel: BroadcastChannel | null;

	constructor(heard: (message: TabMessage) => void, name = 'e-strategy-sync') {
		this.#channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
		this.#channel?.addEventListener('message', (event: MessageEvent<unknown>) => {
			const message = parseTabMessage(event.data);
			if (message) heard(message);
		});
	}

	tell(message: TabMessage): void {
		this.#channel?.postMessage(message);
	}
	close(): void {
		this.#channel?.close();
		this.#channel = null;
	}
}

export function parseTabMessage(value: unknown): TabMessage | null {
	if (!isRecord(value) || typeof value.workspace !== 'string') return null;
	const { type, workspace, where } = value;
	if (type === 'wake' || type === 'ask') return { type, workspace };
	if (type === 'where' && typeof where === 'string') return { type, workspace, where };
	const facts = type === 'facts' ? parseFacts(value.facts) : null;
	return facts ? { type: 'facts', workspace, facts } : null;
}

function parseFacts(value: unknown): RunFacts | null {
	if (!isRecord(value)) return null;
	const { busy, reason, waiting, skew, unreadable, here, people, live, inStep } = value;
	if (typeof busy !== 'boolean' || typeof live !== 'boolean') return null;
	if (typeof reason !== 'string' || !Array.isArray(unreadable) || !Array.isArray(here)) return null;
	const number = (one: unknown): number => (typeof one === 'number' ? one : 0);
	const text = (one: unknown): string => (typeof one === 'string' ? one : '');
	return {
		...atRest,
		busy,
		live,
		inStep: inStep === true,
		reason,
		waiting: number(waiting),
		skew: number(skew),
		people: number(people),
		unreadable: unreadable
			.filter(isRecord)
			.map(({ lane, count }) => ({ lane: number(lane), count: number(count) })),
		here: here
			.filter(isRecord)
			.map((one) => ({ lane: number(one.lane), at: text(one.at), where: text(one.where) }))
	};
}
