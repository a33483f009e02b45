/**
 * The service worker: keeps one whole version of the app on the device and answers from it.
 *
 * It exists only where somebody has kept a guide; until then pages come from the network as on any
 * other site. Here are only the events: what they do is in the files beside this one.
 */
/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { version } from '$service-worker';
import { openChannel } from '#lib/courier/channel.ts';
import { browserWorld, isFull } from '#lib/courier/fill.ts';
import { isRecord } from '#lib/courier/kept-list.ts';
import { answer, wayOf } from './answer.ts';
import { install } from './install.ts';
import { deleteOld, isDisabledBefore } from './versions.ts';

// The compiler sees the page's types and the worker's at once, and takes `self` for a window.
const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const channel = openChannel();

worker.addEventListener('install', (event) => event.waitUntil(installed()));

async function installed(): Promise<void> {
	try {
		const list = await install(browserWorld(), version, (done, total) =>
			channel.say({ type: 'progress', done, total })
		);
		// A withdrawn version must not wait for the last tab to close; any other does (P12, F-28).
		if (await isDisabledBefore(caches, version, list.disabled)) await worker.skipWaiting();
	} catch (thrown) {
		channel.say({ type: 'failed', full: isFull(thrown) });
		throw thrown;
	}
}

worker.addEventListener('activate', (event) => event.waitUntil(activated()));

async function activated(): Promise<void> {
	await worker.clients.claim();
	// A still newer version may be filling its cache just now; its own turn cleans up for both.
	if (!worker.registration.installing) await deleteOld(caches, version);
}

worker.addEventListener('message', (event) => {
	const message: unknown = event.data;
	if (!isRecord(message)) return;
	// The name is Workbox's: `messageSkipWaiting` sends it when the person has agreed.
	if (message.type === 'SKIP_WAITING') event.waitUntil(worker.skipWaiting());
	if (message.type === 'VERSION') event.ports[0]?.postMessage(version);
});

worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const { origin } = worker.location;
	if (wayOf(request, origin) === 'leave') return;
	const fromNetwork: typeof fetch = (input, init) => fetch(input, init);
	event.respondWith(answer(request, { caches, fetch: fromNetwork, origin, version }));
});
