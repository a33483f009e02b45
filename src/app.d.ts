declare global {
	namespace App {
		interface Error {
			message: string;
			/** A problem's code, where the error is one that the person can act on. */
			code?: string;
		}
	}
}

export {};
