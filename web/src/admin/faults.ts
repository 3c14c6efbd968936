// What is wrong with a field, in the reader's language. The server names the place by a pointer and says the reason in
// English; here its known reasons are told apart, with their figures. A test finds those that are missing here.

import type { FaultWords } from './faults_words';

type Say = (words: FaultWords, figures: string[]) => string;
type Plain = keyof { [K in keyof FaultWords as FaultWords[K] extends string ? K : never]: 1 };
const plain = (key: Plain): Say => (words) => words[key];
/** A language's sentences, and how it writes a number. */
export interface FaultSpeech { words: FaultWords; number: (value: number) => string }

const REASONS: [reason: RegExp, say: Say][] = [
  [/^(is required|must not be empty)$/, plain('required')],
  [/^must be an integer from (-?\d+) to (-?\d+)$/, (words, [min, max]) => words.between(min!, max!)],
  [/^must have at most (\d+) bytes$/, (words, [most]) => words.bytes(most!)],
  [/^must have at most (\d+) characters$/, (words, [most]) => words.characters(most!)],
  [/^must have at most (\d+) elements$/, (words, [most]) => words.elements(most!)],
  [/^too many ids in include and exclude together$/, plain('too_many')],
  [/^is there already$/, plain('twice')],
  [/^stands here twice$/, plain('twice')],
  [/^Another (product|category|variant|coupon) has this (handle|slug|SKU|code)\.$/, plain('taken')],
  [/^The product has a variant with these options\.$/, plain('variant_taken')],
  [/^must be above the one before$/, plain('rising')],
  [/^must be (an object|a string|a list|true or false|one of.*|active or archived)$/, plain('unusable')],
  [/^(is not a known key|doesn't fit the rest, or is not known|is given by the shop: leave it out)$/,
    plain('unusable')],
  [/^(changes by movements|change one by one): .*$/, plain('unusable')],
  [/^needs exactly one of its alternatives$/, plain('one_of')],
  [/^must be one line without control characters$/, plain('one_line')],
  [/^must not begin or end with a space$/, plain('edge_space')],
  [/^must be one word$/, plain('one_word')],
  [/^(is no picture of this shop|must begin with https:\/\/ or be a picture.*)$/, plain('picture')],
  [/^has too many tags$/, plain('html_tags')],
  [/^needs a name in the same language$/, plain('same_language')],
  [/^must be 1 to 255 letters, digits, dashes.*$/, plain('handle')],
  [/^must have one at least: what a shopper buys is a variant$/, plain('a_variant')],
  [/^must have a value for each of the product's options: (\d+)$/, plain('every_option')],
  [/^is no value of this option$/, plain('option_value')],
  [/^(is what the variant is, for ever.*|The product's variants are told by its options.*)$/, plain('options_fixed')],
  [/^Values are told by their order\. .*$/, plain('values_fixed')],
  [/^must not be 0$/, plain('not_zero')],
  [/^must be above 0 for what was received$/, plain('received')],
  [/^makes more units than a stock can hold$/, plain('too_much_stock')],
  [/^is the importer's own word$/, plain('reserved')],
  [/^is no coupon$/, plain('no_coupon')],
  [/^is archived$/, plain('archived')],
  [/^is for coupons$/, plain('for_coupons')],
  [/^is over already$/, plain('over')],
  [/^(must be later than starts_at|the end must be later than the start)$/, plain('later')],
  [/^names (nothing that this shop has|nobody)$/, plain('unknown')],
  [/^is no category$/, plain('no_category')],
  [/^is the category itself, or lies below it$/, plain('own_branch')],
  [/^Categories can lie in each other ten levels deep\.$/, plain('too_deep')],
  [/^There are products in it\.$/, plain('has_products')],
  [/^There are categories in it\.$/, plain('has_categories')],
  [/^A coupon's or a promotion's rule is about it\.$/, plain('in_a_rule')],
  [/^is no time zone.*$/, plain('time_zone')],
  [/^".*" is not a currency of ISO 4217.*$/, plain('currency')],
  [/^Prices, coupons, charges or orders are in (\w+) already\.$/, plain('currency_fixed')],
  [/^has no account$/, plain('no_account')],
  [/^The coupon has the code (.+) already: delete that one first\.$/, (words, [code]) => words.has_code(code ?? '')],
  [/^must be an http:\/\/ or https:\/\/ address.*$/, plain('address')],
  [/^leads to an address that isn't public$/, plain('not_public')],
  [/^is no type of event$/, plain('event')],
  [/^is not there yet: the last position is (\d+)$/, (words, [last]) => words.not_yet(last!)],
  [/^is not in this order$/, plain('not_in_order')],
  [/^Fewer units are left to be refunded\.$/, plain('fewer_left')],
];

/** Undefined: a reason that isn't known here. */
export function fault_text(detail: string, { words, number }: FaultSpeech): string | undefined {
  for (const [reason, say] of REASONS) {
    const found = reason.exec(detail);
    if (found) return say(words, found.slice(1).map((part) => (/^-?\d+$/.test(part) ? number(Number(part)) : part)));
  }
  return undefined;
}

/** A fault of a file: by its code, with the value and the limit that its English sentence holds. */
export function file_fault_text(fault: { code: string; detail: string }, { words, number }: FaultSpeech): string {
  const sentences: Record<string, string | ((limit: string) => string)> = words.file;
  const said = sentences[fault.code];
  if (said === undefined) return fault.detail;
  const value = /"(.*)"/.exec(fault.detail)?.[1];
  const limit = /at most (\d+)|to (\d+)$/.exec(fault.detail);
  const most = limit?.[1] ?? limit?.[2];
  const sentence = typeof said === 'string' ? said : said(most ? number(Number(most)) : '');
  return value ? `“${value}” · ${sentence}` : sentence;
}
