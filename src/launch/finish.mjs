/**
 * The last step of a build, over the finished files:
 * - a shell page per language (what a device shows when it opens any address without a network),
 * - `kept.json`: the files of the app that a device keeps, with hash and size, for the worker, and a
 *   bundle of the text files per language (`model/bundle-line.ts`) for the first time,
 * - `csp.json`: each page's policy, so that the server can send it as a header too,
 * - `languages.json`, and the compressed twin of every text file.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { codeVersion } from './version.mjs';

const brotli = promisify(zlib.brotliCompress);
const gzip = promisify(zlib.gzip);
const isText = /\.(html|js|css|json|svg|webmanifest|txt|xml)$/;
const isKept = /^(_app\/immutable\/|icons\/|manifest\.webmanifest$|[a-z-]+\/shell\.html$)/;

/**
 * `build`: the folder that the adapter wrote; `client`: Vite's output, with its manifest; `lineOf`: a file as
 * a line of a bundle; `hashDigits`: how many of a file's hash are listed.
 */
export async function finish(build, client, { lineOf, hashDigits }) {
	const languages = readLanguages('content/languages');
	const manifest = JSON.parse(readFileSync(join(client, '.vite/manifest.json'), 'utf8'));
	const wordsOf = wordChunks(manifest);
	rmSync(join(build, '.vite'), { recursive: true, force: true });

	const shell = readFileSync(join(build, 'shell.html'), 'utf8');
	for (const { code, direction } of languages) {
		writeFileSync(join(build, code, 'shell.html'), inLanguage(shell, code, direction));
	}
	writeFileSync(join(build, '404.html'), inLanguage(shell, 'en', 'ltr'));
	rmSync(join(build, 'shell.html'));

	const doors = doorsIn(build, manifest);
	for (const name of doors) rmSync(join(build, name));
	const all = filesBelow(build).map((file) => relative(build, file).split(sep).join('/'));
	const pages = all.filter((name) => name.endsWith('.html'));
	dropDoors(build, pages, doors);
	nameScripts(
		build,
		pages.filter((name) => /\/index\.html$/.test(name)),
		manifest,
		wordsOf
	);
	const compressed = await compress(
		build,
		all.filter((name) => isText.test(name))
	);
	const files = all
		.filter((name) => isKept.test(name) && !name.endsWith('.map'))
		.map((name) => {
			const lang = name.endsWith('/shell.html') ? name.split('/')[0] : wordsOf.get(name);
			return {
				url: `/${name}`,
				sha256: createHash('sha256')
					.update(readFileSync(join(build, name)))
					.digest('hex')
					.slice(0, hashDigits),
				bytes: compressed.get(name) ?? statSync(join(build, name)).size,
				...(lang ? { lang } : {})
			};
		});
	const bundles = {};
	for (const { code } of languages) {
		const lines = files
			.filter(({ url, lang }) => isText.test(url) && (!lang || lang === code))
			.sort(byKind)
			.map(({ url }) => lineOf(url, readFileSync(join(build, url), 'utf8')));
		const hash = createHash('sha256').update(lines.join('')).digest('hex');
		const name = `_app/bundle-${code}.${hash.slice(0, 10)}.txt`;
		writeFileSync(join(build, name), lines.join(''));
		const sizes = await compress(build, [name]);
		bundles[code] = { url: `/${name}`, sha256: hash, bytes: sizes.get(name) };
	}
	const written = {
		'kept.json': { version: codeVersion(), disabled: readWithdrawn(), bundles, files },
		'csp.json': Object.fromEntries(pages.map((name) => [name, policyOf(join(build, name))])),
		'languages.json': languages.map(({ code }) => ({ code }))
	};
	for (const [name, value] of Object.entries(written)) {
		writeFileSync(join(build, name), JSON.stringify(value));
	}
	await compress(build, Object.keys(written));
}

/** Versions whose worker is to leave every device at its next visit (F-28). */
const readWithdrawn = () => JSON.parse(readFileSync('src/service-worker/withdrawn.json', 'utf8'));

const inLanguage = (html, code, direction) =>
	html.replace('%lang%', code).replace('%dir%', direction);

function readLanguages(folder) {
	return readdirSync(folder)
		.filter((code) => existsSync(join(folder, code, 'language.json')))
		.map((code) => ({
			code,
			...JSON.parse(readFileSync(join(folder, code, 'language.json'), 'utf8'))
		}));
}

/** The chunks that one language needs: file → language. */
function wordChunks(manifest) {
	return new Map(
		Object.entries(manifest).flatMap(([key, { file, src }]) => {
			const [, lang] =
				/content\/(?:languages|shared)\/([\w-]+)\/(?!language\.json$)/.exec(src ?? key) ?? [];
			return lang ? [[file, lang]] : [];
		})
	);
}

const preload = /\s*<link href="([^"]+\.js)" rel="modulepreload">/g;

/** Nodes that are part of the app's start (`nodes.mjs`): what is left of their files leads nowhere. */
function doorsIn(build, manifest) {
	const files = Object.values(manifest).map(({ file }) => file);
	const nodes = files.filter((file) => /\/nodes\/[^/]+\.js$/.test(file));
	const { file: app } = Object.values(manifest).find(({ name }) => name === 'entry/app');
	const start = readFileSync(join(build, app), 'utf8');
	return new Set(nodes.filter((file) => !start.includes(file.slice(file.lastIndexOf('nodes/')))));
}

/** No page, and no shell of a device without a network, asks for a file that is not there. */
function dropDoors(build, pages, doors) {
	for (const name of pages) {
		const path = join(build, name);
		const html = readFileSync(path, 'utf8').replaceAll(preload, (link, url) =>
			doors.has(url.slice(1)) ? '' : link
		);
		const [missing] = [...html.matchAll(preload)].filter(
			([, url]) => !existsSync(join(build, url))
		);
		if (missing) throw new Error(`${name}: asks for ${missing[1]}, which is not there`);
		writeFileSync(path, html);
	}
}

/**
 * Scripts that a page's scripts ask for come, on a slow line, a round trip late. The page itself names
 * those that SvelteKit does not: the words of its language, and what the named ones import.
 */
function nameScripts(build, pages, manifest, wordsOf) {
	const chunks = new Map(Object.values(manifest).map((chunk) => [`/${chunk.file}`, chunk]));
	const common = new Map(
		Object.values(manifest)
			.filter(({ src }) => src?.endsWith('?everyday'))
			.map(({ file }) => [wordsOf.get(file), `/${file}`])
	);
	for (const name of pages) {
		const path = join(build, name);
		const html = readFileSync(path, 'utf8');
		const named = [...html.matchAll(preload)].map((m) => m[1]);
		const wanted = new Set(named);
		const [lang, place] = name.split('/');
		const words = common.get(lang);
		if (words) wanted.add(words);
		for (const key of workWords(html, lang, place)) {
			if (manifest[key]) wanted.add(`/${manifest[key].file}`);
		}
		// The set grows while it is walked.
		for (const url of wanted) {
			for (const key of chunks.get(url)?.imports ?? []) wanted.add(`/${manifest[key].file}`);
		}
		const links = [...wanted]
			.filter((url) => !named.includes(url))
			.map((url) => `<link href="${url}" rel="modulepreload">`);
		writeFileSync(path, html.replace('</head>', `${links.join('')}</head>`));
	}
}

/** The words of a work page, which are drawn before anything else there; by what the page's address says. */
function workWords(html, lang, place) {
	if (!html.includes('aria-busy="true"')) return [];
	// A phone in a workshop has no workspace.
	const names = place === 'room' ? [place] : ['model', 'workspaces', 'home', place];
	return [
		'src/lib/i18n/work-words.ts',
		...names.map((name) => `content/languages/${lang}/${name}.json`)
	];
}

function policyOf(file) {
	const html = readFileSync(file, 'utf8');
	const meta = /<meta http-equiv="content-security-policy" content="([^"]*)">/i.exec(html);
	if (!meta) throw new Error(`${file}: no content security policy`);
	return meta[1].replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

/** Writes the .br and .gz twins; gives the brotli size of each. */
async function compress(build, names) {
	const sizes = new Map();
	const queue = [...names];
	const worker = async () => {
		for (let name = queue.pop(); name; name = queue.pop()) {
			const body = readFileSync(join(build, name));
			const params = {
				[zlib.constants.BROTLI_PARAM_QUALITY]: 11,
				[zlib.constants.BROTLI_PARAM_SIZE_HINT]: body.length
			};
			const small = await brotli(body, { params });
			writeFileSync(join(build, `${name}.br`), small);
			writeFileSync(join(build, `${name}.gz`), await gzip(body, { level: 9 }));
			sizes.set(name, small.length);
		}
	};
	await Promise.all([worker(), worker(), worker(), worker()]);
	return sizes;
}

/** Like to like, and the long ones first: what follows repeats them. It makes a bundle 0.8 % smaller. */
function byKind(a, b) {
	const kind = ({ url, lang }) => `${extname(url)} ${lang ? 0 : 1} ${dirname(url)}`;
	const [one, other] = [kind(a), kind(b)];
	return one === other ? b.bytes - a.bytes : one < other ? -1 : 1;
}

function filesBelow(path) {
	return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
		entry.isDirectory() ? filesBelow(join(path, entry.name)) : [join(path, entry.name)]
	);
}
