/** When the browser has nothing better to do, and in three seconds at the latest. */
export const whenIdle = (): Promise<void> =>
	new Promise((resolve) => {
		// Safari has no requestIdleCallback.
		if ('requestIdleCallback' in globalThis)
			requestIdleCallback(() => resolve(), { timeout: 3_000 });
		else setTimeout(resolve, 500);
	});
