/** The app's version as people know it: that of the changelog, not the hash of the code. */
export { version as appVersion } from '../../../package.json';
