/** A value that is worked out when the writing pauses, so that no key waits for it. */
export function settled<T>(read: () => T, wait = 250): { readonly now: T } {
	let value = $state.raw(read());
	$effect(() => {
		const next = read();
		if (next === value) return;
		const timer = setTimeout(() => (value = next), wait);
		return () => clearTimeout(timer);
	});
	return {
		get now() {
			return value;
		}
	};
}
