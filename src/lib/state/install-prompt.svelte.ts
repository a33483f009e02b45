/** The install prompt: the browser's own question, whether to install the app, kept until asked for. */
type PromptEvent = Event & { prompt: () => Promise<unknown> };

export class InstallPrompt {
	#event = $state.raw<PromptEvent>();

	/** Begins to listen: the browser offers it once, early, and to whoever listens then. */
	listen(): void {
		addEventListener('beforeinstallprompt', (event) => {
			if (!isPrompt(event)) return;
			event.preventDefault();
			this.#event = event;
		});
		addEventListener('appinstalled', () => (this.#event = undefined));
	}

	get isOffered(): boolean {
		return this.#event !== undefined;
	}

	/** Shows the question. An offer can be used once. */
	async ask(): Promise<void> {
		const event = this.#event;
		this.#event = undefined;
		await event?.prompt();
	}
}

// Chromium's alone, and in no type library.
const isPrompt = (event: Event): event is PromptEvent => 'prompt' in event;
