/**
 * Everyday words: what people put around what they look for ("how do I …", "c'est quoi …").
 *
 * Pages seldom ask, so their index takes the words of a question for rare and telling ones. Only
 * what is never a subject stands here: not "it" (the staff of it), not "one", no "comment" in English.
 */
import type { Lang } from '#lib/model/guide.ts';
import { tokenise } from './normalise.ts';

const everyday: Record<Lang, string> = {
	en: `the of to in on at for from with by and or is are was be been can could do does did don dont
		doesn doesnt isn isnt should would will must may have has had how what when where which who whom whose why
		we you they he she me my our your their us them an as if so than then that this these those there
		here about any some get gets want wants need needs please tell when not no into also both each every
		other same only just very more most much many way ways thing things make makes making know let lets
		take put go going mean means give happen happens am im us during between come comes came got now
		after before since still yet again`,
	fr: `le la les un une des du de au aux en et ou où à a dans sur sous par pour avec sans ce cet cette
		ces c'est est sont être été il elle ils elles on nous vous je tu me se sa son ses leur leurs mon ma
		mes notre nos votre vos qui que quoi quel quelle quels quelles quand comment pourquoi combien
		faire fait faut doit doivent peut peuvent avoir y ne pas plus si qu'est-ce lequel laquelle donc
		alors aussi entre pendant lors tout tous toute toutes chaque autre autres même très moins bien ceux
		celle celui cela ça comme vers chez puis ainsi dont lorsque savoir veut veux voudrais dois peux va vont
		aller mettre met mieux chose choses vraiment juste déjà encore ni car suis sommes ai as ont avons avez
		fais faites sert dire signifie existe telle tel lui ici là après avant maintenant`,
	ar: `من في على إلى عن مع ما ماذا هو هي هم هل كيف متى أين اين لماذا لم لا أن إن ان التي الذي الذين
		هذا هذه ذلك تلك كل أي بعد قبل عند بين أو او ثم قد يجب يمكن كم مين ايش شو وش فين ليش ليه ازاي كيفية
		ما هو ما هي بشأن نحن لنا كما مثل حول خلال ضمن غير لدى لدينا عندنا عندي لي لك له لها لهم به بها فيه
		فيها منه منها عليه عليها إليه هنا هناك حتى لكن إذا لو ليس ليست كان كانت يكون تكون نستطيع أستطيع
		نريد أريد ينبغي علينا نفعل أفعل يعني معنى ماهي ماهو لأي بأي أيضا جدا أكثر جميع بعض بدون دون فقط
		أحد شيء أجل يتم تتم الآن`,
	es: `el la los las un una unos unas de del al en y o a con sin por para que qué quién quiénes cómo
		cuándo dónde cuál cuáles cuánto es son ser está están se su sus lo le les mi nuestro hacer hay puede
		debe no si como`,
	pt: `o os as um uma uns umas de do da dos das no na nos nas em e ou a ao à com sem por para que quem
		como quando onde qual quais quanto é são ser está se seu sua seus suas fazer há pode deve não`
};

const sets = new Map<Lang, Set<string>>();

/** The everyday words of `lang` as the index knows them; none for a language not listed. */
export function everydayWords(lang: Lang): Set<string> {
	const known = sets.get(lang);
	if (known) return known;
	const words = tokenise(everyday[lang] ?? '');
	// "and how", "so what" are one word.
	const joined = lang === 'ar' ? words.flatMap((word) => [`و${word}`, `ف${word}`]) : [];
	const own = new Set([...words, ...joined]);
	sets.set(lang, own);
	return own;
}
