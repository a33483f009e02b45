// The oldest Node that can launch the project. Import it first: imports run in order, so an older Node
// reads this sentence instead of a syntax error from deep inside.
const oldest = 20;
const major = Number(process.versions.node.split('.')[0]);

if (major < oldest) {
	console.error(
		`Node ${process.versions.node} (${process.execPath}) is too old: at least Node ${oldest} is needed ` +
			'to start. Install the current long-term version from https://nodejs.org and try again.'
	);
	process.exit(1);
}
