import { expect, test } from 'vitest';
import { ownerIn } from './owner-words.ts';

const english = { education: 'Ministry of education', finance: 'Ministry of finance' };
const french = { education: 'Ministère de l’éducation' };

test('an owner that the guide named is in the language of the document; one that was typed stays', () => {
	expect(ownerIn('Ministry of education', [english], french)).toBe('Ministère de l’éducation');
	expect(ownerIn('Ministry of finance', [english], french)).toBe('Ministry of finance');
	expect(ownerIn('Ms Okoye', [english], french)).toBe('Ms Okoye');
	expect(ownerIn('Ministry of education', [undefined], french)).toBe('Ministry of education');
});
