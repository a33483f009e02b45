import { defineConfig } from '@playwright/test';

/**
 * The journeys run against the built app, served by the app's own server on loopback. `npm test`
 * finds the browser (`src/launch/browser.mjs`) and passes it on. With `E2E_ORIGIN` they run against a
 * server that is there already.
 */
const { E2E_ORIGIN } = process.env;
const port = Number(process.env.E2E_PORT ?? 41873);

export default defineConfig({
	testDir: 'tests/e2e',
	outputDir: 'tests/.out/results',
	timeout: 60_000,
	workers: 2,
	fullyParallel: false,
	forbidOnly: Boolean(process.env.CI),
	// On a build server that does other work too, a second try tells a slow machine from a fault; the list says "flaky".
	retries: process.env.CI ? 1 : 0,
	reporter: 'list',
	use: {
		baseURL: E2E_ORIGIN ?? `http://localhost:${port}`,
		browserName: 'chromium',
		locale: 'en-GB',
		timezoneId: 'UTC',
		trace: 'retain-on-failure',
		launchOptions: {
			// Without a locale Chromium saves a name with an accent as "download".
			env: { ...process.env, LANG: process.env.LANG ?? 'C.UTF-8' },
			...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
			args: [
				'--no-sandbox',
				'--disable-gpu',
				'--disable-background-networking',
				'--disable-component-update',
				'--disable-sync',
				'--no-first-run'
			]
		}
	},
	...(E2E_ORIGIN
		? {}
		: {
				webServer: {
					command: `"${process.execPath}" src/server/main.ts`,
					url: `http://localhost:${port}/api/health`,
					env: { PORT: String(port), HOST: '127.0.0.1', DATA_DIR: 'tests/.out/data' },
					reuseExistingServer: false,
					timeout: 30_000
				}
			})
});
