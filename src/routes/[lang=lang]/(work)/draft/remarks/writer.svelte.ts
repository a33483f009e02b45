/** The name under which somebody writes remarks on this device. */
const key = 'remark-name';

function kept(): string {
	try {
		return (typeof localStorage !== 'undefined' && localStorage.getItem(key)) || '';
	} catch {
		// A browser that keeps nothing asks again next time.
		return '';
	}
}

class NameOfWriter {
	#now = $state(kept());

	get now(): string {
		return this.#now;
	}
	set now(name: string) {
		this.#now = name;
		try {
			localStorage.setItem(key, name);
		} catch {
			// The same.
		}
	}
}

export const nameOfWriter = new NameOfWriter();
