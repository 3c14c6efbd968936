// Amounts in minor units as prices.

// Currencies whose minor unit hasn't two digits: ISO 4217, as in core/money.cpp. Intl follows another table for some.
const other_exponents = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XAG XAU XBA XBB XBC XBD XDR XOF XPD XPF XPT XSU XTS XUA XXX",
  3: "BHD IQD JOD KWD LYD OMR TND",
  4: "CLF UYW",
};
const exponents = new Map(
  Object.entries(other_exponents).flatMap(([digits, codes]) => codes.split(" ").map((code) => [code, Number(digits)])),
);

/** Digits of a currency's minor unit: KRW 0, USD 2, BHD 3. */
export function exponent_of(currency: string): number {
  return exponents.get(currency) ?? 2;
}

/** "12.34" of 1234 with two digits; exact for every legal amount. */
export function decimal(amount: number, digits: number): string {
  const text = String(Math.abs(amount)).padStart(digits + 1, "0");
  const point = text.length - digits;
  return (amount < 0 ? "-" : "") + text.slice(0, point) + (digits > 0 ? `.${text.slice(point)}` : "");
}

const formats = new Map<string, Intl.NumberFormat>(); // slow to make

/** A price as its readers write it. Won in Korean stands as in shops: 12,000원. */
export function money(amount: number, currency: string, locale: string): string {
  const korean_won = currency === "KRW" && /^ko\b/.test(locale);
  const digits = exponent_of(currency);
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (!format) {
    const style = korean_won ? {} : { style: "currency", currency };
    format = new Intl.NumberFormat(locale, {
      ...style, minimumFractionDigits: digits, maximumFractionDigits: digits,
    } as Intl.NumberFormatOptions);
    formats.set(key, format);
  }
  // A text is formatted digit by digit; as a number it could be rounded.
  const text = format.format(decimal(amount, digits) as unknown as number);
  return korean_won ? `${text}원` : text;
}
