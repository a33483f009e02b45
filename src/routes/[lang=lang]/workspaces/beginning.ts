/**
 * What makes a workspace, loaded when somebody is about to make one: a page that only shows how one begins
 * does without it. Throws Problem `pack-unreachable` where it cannot be had.
 */
import { reached } from '../(work)/work-code.ts';

export const beginning = () => reached(() => import('#lib/state/workspace.svelte.ts'));
