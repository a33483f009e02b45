/**
 * Vite's side of the packs: serves the compiled files under `/content/` while developing, writes
 * them beside the app when building, and reloads the page when a content file is saved.
 */
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { lineOfProblem } from './content-problem.ts';
import { compilePacks, type Packs } from './packs-disk.ts';

export function packs(): Plugin {
	const root = join(import.meta.dirname, '../../../content');
	let compiled: Packs | undefined;
	const current = () => (compiled ??= compilePacks(root));
	return {
		name: 'packs',
		configureServer(server) {
			server.watcher.add(root);
			server.watcher.on('all', (_event, file) => {
				if (!file.startsWith(root)) return;
				compiled = undefined;
				server.ws.send({ type: 'full-reload' });
			});
			server.middlewares.use((request, response, next) => {
				const body = current().files.get(new URL(request.url ?? '/', 'http://x').pathname);
				if (body === undefined) return next();
				response.setHeader('Content-Type', 'application/json');
				response.end(body);
			});
		},
		generateBundle() {
			// Once, with the files for the browser; the server's build reads the content from disk.
			if (this.environment.name !== 'client') return;
			const { problems, files } = current();
			if (problems.length > 0) {
				this.error(`the content has mistakes\n${problems.map(lineOfProblem).join('\n')}`);
			}
			for (const [url, source] of files) {
				this.emitFile({ type: 'asset', fileName: url.slice(1), source });
			}
		}
	};
}
