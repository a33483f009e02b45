/** The site: the finished build as the server sees it, read once at the start. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface Site {
	folder: string;
	/** What has an address, as paths within the folder with forward slashes. */
	files: ReadonlySet<string>;
	/** HTML file → its content security policy. */
	policies: ReadonlyMap<string, string>;
	/** Languages that have a home page. */
	languages: readonly string[];
	/** The page for an unknown address. */
	notFound: Buffer | null;
}

/** The build is missing or unfinished: one sentence. */
export class SiteError extends Error {}

/** Reads a build folder. Throws `SiteError` when it is none. */
export function openSite(folder: string): Site {
	const files = addresses(folder);
	if (![...files].some((file) => file.endsWith('index.html'))) {
		throw new SiteError(`${folder} holds no built app: run "npm start" or "npm run build" first.`);
	}
	return {
		folder,
		files,
		policies: readPolicies(folder),
		languages: readLanguages(folder).filter((code) => files.has(`${code}/index.html`)),
		notFound: files.has('404.html') ? readFileSync(join(folder, '404.html')) : null
	};
}

/** Pages without a policy of their own: they would stay blank. */
export function unguarded({ files, policies }: Site): string[] {
	return [...files].filter((file) => file.endsWith('.html') && !policies.has(file));
}

function addresses(folder: string): Set<string> {
	if (!existsSync(folder)) return new Set();
	const names = readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
		.map((name) => name.normalize());
	const all = new Set(names);
	const isTwin = (name: string) => /\.(br|gz)$/.test(name) && all.has(name.slice(0, -3));
	return new Set(names.filter((name) => !isTwin(name)));
}

function readPolicies(folder: string): Map<string, string> {
	const value = readJson(folder, 'csp.json');
	if (value === undefined) return new Map();
	if (typeof value !== 'object' || value === null) throw unexpected('csp.json', 'an object');
	return new Map(
		Object.entries(value).map(([file, policy]) => {
			if (typeof policy !== 'string') throw unexpected('csp.json', `a policy for ${file}`);
			return [file, policy];
		})
	);
}

function readLanguages(folder: string): string[] {
	const value = readJson(folder, 'languages.json');
	if (value === undefined) return ['en'];
	if (!Array.isArray(value)) throw unexpected('languages.json', 'a list of {"code": "en"}');
	return value.map((entry: unknown) => {
		if (typeof entry === 'object' && entry !== null && 'code' in entry) {
			if (typeof entry.code === 'string') return entry.code;
		}
		throw unexpected('languages.json', 'a list of {"code": "en"}');
	});
}

function readJson(folder: string, name: string): unknown {
	const file = join(folder, name);
	if (!existsSync(file)) return undefined;
	try {
		return JSON.parse(readFileSync(file, 'utf8'));
	} catch {
		throw unexpected(name, 'JSON');
	}
}

function unexpected(name: string, expected: string): SiteError {
	return new SiteError(`${name} of the build is not ${expected}: run "npm run build" again.`);
}
