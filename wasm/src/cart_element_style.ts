// How <cartwright-cart> looks. Font and text colour are the page's; the rest it changes by the custom properties in the
// first rule and by ::part(…).
export const style = `
:host {
  --_accent: var(--cartwright-accent, #b8431f);
  --_on-accent: var(--cartwright-on-accent, #fff);
  --_muted: var(--cartwright-muted, color-mix(in srgb, currentColor 75%, transparent));
  --_surface: var(--cartwright-surface, transparent);
  --_border: var(--cartwright-border, color-mix(in srgb, currentColor 20%, transparent));
  --_notice: var(--cartwright-notice, color-mix(in srgb, currentColor 6%, transparent));
  --_problem: var(--cartwright-problem, light-dark(#a62c22, #ff9d92));
  --_radius: var(--cartwright-radius, 12px);
  --_gap: var(--cartwright-gap, 16px);
  display: block;
  container-type: inline-size;
  line-height: 1.45;
}
:host([hidden]) { display: none; }
* { box-sizing: border-box; margin: 0; }
.cart { background: var(--_surface); border: 1px solid var(--_border); border-radius: var(--_radius); padding: var(--_gap); }
header { display: flex; justify-content: space-between; align-items: baseline; gap: 12px; }
h2 { font-size: 1.125em; font-weight: 700; }
.units, .options, .sums dt, .included dd { color: var(--_muted); }
.units, .options, .included { font-size: .875em; }
.message { color: var(--_muted); padding: calc(var(--_gap) * 1.5) 0; text-align: center; }
.lines { list-style: none; padding: 0; }
.line { display: grid; grid-template-columns: 56px minmax(0, 1fr) auto; gap: 4px 12px; align-items: center;
  padding: 12px 0; border-bottom: 1px solid var(--_border); }
.picture { width: 56px; height: 56px; object-fit: cover; border-radius: calc(var(--_radius) / 2); background: var(--_notice);
  grid-row: 1 / span 2; align-self: start; }
.what { display: grid; min-width: 0; grid-area: 1 / 2; align-self: start; }
.name { font-weight: 600; overflow-wrap: anywhere; }
.problem { color: var(--_problem); font-size: .875em; font-weight: 600; }
.price { grid-area: 1 / 3; align-self: start; text-align: right; font-weight: 700; font-variant-numeric: tabular-nums; display: grid; }
.price s { color: var(--_muted); font-size: .8125em; font-weight: 400; }
.stepper { grid-area: 2 / 2; display: inline-grid; grid-template-columns: 34px 44px 34px; justify-self: start; margin-top: 4px;
  border: 1px solid var(--_border); border-radius: calc(var(--_radius) / 2); overflow: clip; overflow-clip-margin: 4px; }
button, input { font: inherit; color: inherit; background: none; border: 0; padding: 0; }
button { cursor: pointer; }
button:disabled { cursor: not-allowed; color: var(--_muted); }
.stepper > * { height: 34px; text-align: center; min-width: 0; }
.stepper button:hover:enabled { background: var(--_notice); }
.stepper input { border-inline: 1px solid var(--_border); font-variant-numeric: tabular-nums; }
.remove, .undo { font-size: .875em; text-decoration: underline; text-underline-offset: 3px; min-height: 28px; }
.remove { grid-area: 2 / 3; justify-self: end; color: var(--_muted); }
.remove:hover { color: inherit; }
:focus-visible { outline: 2px solid var(--_accent); outline-offset: 2px; }
.coupons { padding: 12px 0; border-bottom: 1px solid var(--_border); }
.coupons-head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 4px 12px; }
h3 { font-size: 1em; font-weight: 700; }
.best { font-size: .875em; font-weight: 600; padding: 5px 12px; border: 1px solid currentColor; border-radius: calc(var(--_radius) / 2); }
.best:hover:enabled { background: var(--_notice); }
.coupon-list, .promotions { list-style: none; padding: 0; }
.coupon-list { display: grid; gap: 8px; margin-top: 10px; }
.coupon { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 10px; align-items: start; padding: 9px 12px; cursor: pointer;
  border: 1px solid var(--_border); border-radius: calc(var(--_radius) / 2); }
.coupon.picked { border-color: var(--_accent); box-shadow: inset 0 0 0 1px var(--_accent); }
.coupon.unusable { cursor: default; background: var(--_notice); }
.coupon-box { width: 18px; height: 18px; margin-top: .15em; accent-color: var(--_accent); }
.coupon-text { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: baseline; gap: 0 12px; }
.coupon-name { font-weight: 600; overflow-wrap: anywhere; }
.coupon-state { font-size: .875em; }
.coupon-state[data-state="applied"] { color: var(--_accent); font-weight: 700; }
.coupon-state[data-state="refused"], .coupon-until { color: var(--_muted); }
.coupon-until { flex-basis: 100%; font-size: .8125em; }
.promotions { padding-top: 12px; font-size: .875em; color: var(--_accent); font-weight: 600; }
.sums { display: grid; gap: 6px; padding-top: 12px; font-variant-numeric: tabular-nums; }
.sums div { display: flex; justify-content: space-between; gap: 12px; }
.sums .off dd { color: var(--_accent); }
.sums .total { border-top: 1px solid var(--_border); margin-top: 6px; padding-top: 10px; align-items: baseline; }
.sums .total dt { color: inherit; font-weight: 700; }
.sums .total dd { font-size: 1.375em; font-weight: 800; }
.notices { display: grid; gap: 8px; }
.notices > * { background: var(--_notice); border-radius: calc(var(--_radius) / 2); padding: 8px 12px; margin-top: 12px; font-size: .875em; }
.done { display: flex; justify-content: space-between; align-items: center; gap: 12px; }
.checkout { display: block; width: 100%; margin-top: var(--_gap); padding: 13px; text-align: center; text-decoration: none;
  font-weight: 700; background: var(--_accent); color: var(--_on-accent); border-radius: calc(var(--_radius) * .75); }
.checkout:hover:enabled, a.checkout:hover { filter: brightness(.93); }
.checkout:disabled { background: var(--_border); color: inherit; }
.visually-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
@container (min-width: 560px) {
  .line { grid-template-columns: 64px minmax(0, 1fr) auto 110px; }
  .picture { width: 64px; height: 64px; }
  .stepper { grid-area: 1 / 3; margin: 0; }
  .price { grid-area: 1 / 4; }
  .remove { grid-area: 2 / 4; }
}
`;
