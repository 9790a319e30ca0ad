// What scripts say, in the language of the words around them: the page names a file with the
// phrases of its language, and without one it is English (decisions/0028).

const link = document.querySelector('link[rel="modulepreload"]');
const spoken = link ? await import(link.href).catch(() => null) : null;

/** The language of the phrases. */
export const language = spoken?.language ?? "en";

// Figures are written with the digits of the log in every language.
const written = language === "en" ? "en" : `${language}-u-nu-latn`;
const isMirrored = spoken?.isRightToLeft ?? false;
const numbers = new Intl.NumberFormat(written);
const rules = new Intl.PluralRules(language);
// A catalogue has its forms in the order of Unicode CLDR.
const kinds = ["zero", "one", "two", "few", "many", "other"].filter((kind) =>
  rules.resolvedOptions().pluralCategories.includes(kind),
);
const times = new Intl.DateTimeFormat(language === "en" ? "en-GB" : written, {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});

// Letters from right to left, and the characters that turn the direction of a text.
const TURNS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const DIRECTIONS = /[\u202a-\u202e\u2066-\u2069]/g;

/** A text of others in a sentence: what it says does not turn what stands around it. */
function isolated(text) {
  const plain = text.replace(DIRECTIONS, "");
  return isMirrored || TURNS.test(plain) ? `\u2068${plain}\u2069` : plain;
}

function filled(phrase, values) {
  return phrase.replace(/\{(\d+)\}/g, (_, place) => {
    const value = values[place];
    return typeof value === "number" ? number(value) : isolated(String(value));
  });
}

/** A phrase, which stands in the script whole and in English, with `{0}`, `{1}`… for values. */
export const say = (english, ...values) =>
  filled(spoken?.phrases[english]?.[0] ?? english, values);

/** A phrase with a count, which is `{0}`: that for one, that for several, and further values. */
export function counted(count, one, many, ...values) {
  const forms = spoken?.phrases[one] ?? (count === 1 ? [one] : [many]);
  const form = kinds.indexOf(rules.select(count));
  return filled(forms[Math.min(form, forms.length - 1)], [count, ...values]);
}

/** A phrase that is said later. */
export const phrase = (english) => english;

/** A number as people read it. */
export const number = (value) => numbers.format(value);

/** A moment, in UTC. */
export const time = (at) => times.format(new Date(at));

/** A size in the unit that fits it. */
export function size(bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  const place = bytes > 0 ? Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1) : 0;
  return new Intl.NumberFormat(written, {
    style: "unit",
    unit: units[place],
    unitDisplay: place === 0 ? "long" : "short",
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** place);
}

/** What the authority itself answers is English, and marked so where that is not the language. */
export function english(text) {
  const made = document.createElement("span");
  made.textContent = text;
  if (language !== "en") Object.assign(made, { lang: "en", dir: "ltr" });
  return made;
}

/** A path of a page, in the language that its reader chose. */
export function here(path) {
  const { lang } = document.documentElement;
  return lang === "en" ? path : `/${lang}${path}`;
}
