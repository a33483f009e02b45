/**
 * Vite's side of the packs: serves the compiled files under `/content/` while developing, writes
 * them beside the app when building, and reloads the page when a content file is saved.
 */
import { join } from 'node:path';
import type { Plugin, ViteDevServer } from 'vite';
import { lineOfProblem } from './content-problem.ts';
import { compilePacks, type Packs } from './packs-disk.ts';

/** What an author can take in at once. */
const mostMistakes = 20;

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
				forgetDiskPacks(server);
				server.ws.send({ type: 'full-reload' });
			});
			server.middlewares.use((request, response, next) => {
				const { pathname } = new URL(request.url ?? '/', 'http://x');
				if (!pathname.startsWith('/content/')) return next();
				const isNew = compiled === undefined;
				const body = current().files.get(pathname);
				if (isNew) sayMistakes(server, current());
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

/** Pages that are drawn on the server have an instance of `packs-disk.ts` of their own, compiled once. */
function forgetDiskPacks(server: ViteDevServer): void {
	const file = join(import.meta.dirname, 'packs-disk.ts');
	for (const { moduleGraph } of Object.values(server.environments)) {
		for (const module of moduleGraph.getModulesByFile(file) ?? []) {
			moduleGraph.invalidateModule(module);
		}
	}
}

function sayMistakes(server: ViteDevServer, { problems }: Packs): void {
	const lines = problems.slice(0, mostMistakes).map(lineOfProblem);
	if (lines.length === 0) return;
	server.config.logger.warn(`mistakes in content: ${problems.length}\n${lines.join('\n')}`);
}
