// A code that was printed somewhere becomes a coupon of the wallet. No form of its own: it also stands inside the checkout's.

import { useState } from 'preact/hooks';
import type { WalletCoupon } from '../api_types';
import { all_words } from '../i18n';
import { client, online } from '../state/shop';
import { problem_text } from './ui';

export function CouponCode({ onAdded }: { onAdded: (coupon: WalletCoupon) => void }) {
  const say = all_words().code;
  const [code, set_code] = useState('');
  const [problem, set_problem] = useState<string>();
  const [working, set_working] = useState(false);
  const add = async (): Promise<void> => {
    if (!code.trim() || working || !online.value) return;
    set_working(true);
    set_problem(undefined);
    const answer = await client.rest.post_once<WalletCoupon>('/me/coupons', { code: code.trim() });
    if (answer.ok) {
      await client.sync(); // the wallet on this device has it then, and prices follow
      set_code('');
      onAdded(answer.value);
    } else {
      set_problem(problem_text(answer.problem));
    }
    set_working(false);
  };
  return (
    <div class={`code-entry field ${problem ? 'field-bad' : ''}`}>
      <label for="coupon-code">{say.label}</label>
      <div>
        <input id="coupon-code" value={code} maxLength={100} autocomplete="off" autocapitalize="characters" spellcheck={false} placeholder={say.placeholder}
          aria-invalid={problem ? true : undefined} aria-describedby="coupon-code-note" onInput={(event) => set_code(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing) return;
            event.preventDefault(); // not the order
            void add();
          }} />
        <button type="button" class="button" disabled={working || !online.value || !code.trim()} onClick={() => void add()}>{working ? say.adding : say.add}</button>
      </div>
      <p class="field-note" id="coupon-code-note" role="status">{problem ?? (online.value ? '' : all_words().common.needs_network)}</p>
    </div>
  );
}
