import { isLanguage } from '#lib/i18n/languages.ts';
import type { ParamMatcher } from '@sveltejs/kit';

export const match: ParamMatcher = (param) => isLanguage(param);
