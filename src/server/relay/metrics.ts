/** What the relay counts, in the text form of Prometheus. Numbers only: no addresses, no ids (S-19). */

const flushBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1];

export class Metrics {
	readonly #counts = new Map<string, number>();
	readonly #flushes = flushBuckets.map(() => 0);
	#flushSum = 0;
	#flushCount = 0;

	/** `name` may carry one label: `relay_refusals_total{code="full"}`. */
	add(name: string, count = 1): void {
		this.#counts.set(name, (this.#counts.get(name) ?? 0) + count);
	}

	/** A group was committed in so many seconds. */
	flushed(seconds: number): void {
		this.#flushSum += seconds;
		this.#flushCount++;
		for (const [i, limit] of flushBuckets.entries()) if (seconds <= limit) this.#flushes[i]!++;
	}

	/** The whole page. `gauges` are what is true now. */
	write(gauges: { [name: string]: number }): string {
		const lines: string[] = [];
		const heads = new Set<string>();
		const line = (name: string, value: number, type: string) => {
			const bare = name.replace(/\{.*/, '');
			if (!heads.has(bare))
				lines.push(`# HELP ${bare} ${help[bare] ?? bare}`, `# TYPE ${bare} ${type}`);
			heads.add(bare);
			lines.push(`${name} ${value}`);
		};
		for (const name of Object.keys(help)) {
			if (!name.endsWith('_total')) continue;
			const own = [...this.#counts].filter(([one]) => one === name || one.startsWith(`${name}{`));
			for (const [one, count] of own.length ? own : [[name, 0] as const])
				line(one, count, 'counter');
		}
		for (const [name, value] of Object.entries(gauges)) line(name, value, 'gauge');
		const flush = 'relay_commit_seconds';
		lines.push(`# HELP ${flush} ${help[flush]}`, `# TYPE ${flush} histogram`);
		for (const [i, limit] of flushBuckets.entries()) {
			lines.push(`${flush}_bucket{le="${limit}"} ${this.#flushes[i]}`);
		}
		lines.push(
			`${flush}_bucket{le="+Inf"} ${this.#flushCount}`,
			`${flush}_sum ${this.#flushSum}`,
			`${flush}_count ${this.#flushCount}`
		);
		return `${lines.join('\n')}\n`;
	}
}

const help: { [name: string]: string } = {
	relay_pushes_total: 'Pushes that were acknowledged.',
	relay_envelopes_total: 'Envelopes that were stored.',
	relay_received_bytes_total: 'Bytes of request bodies.',
	relay_sent_bytes_total: 'Bytes of frames.',
	relay_refusals_total: 'Refused requests, by code.',
	relay_pruned_envelopes_total: 'Envelopes that a snapshot stands for now.',
	relay_storage_failures_total: 'Times that the storage was full or away, by which.',
	process_cpu_seconds: 'Processor time of this process so far.',
	relay_commit_seconds: 'Time of a group of pushes, its flush to disk included.',
	relay_streams: 'Open live streams.',
	relay_workspaces: 'Workspaces.',
	relay_stored_bytes: 'Bytes of all logs and snapshots.',
	relay_storage_up: 'Whether the storage can be used.',
	process_resident_memory_bytes: 'Memory of this process.',
	process_uptime_seconds: 'Seconds since the start.'
};
