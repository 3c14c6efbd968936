import { load } from 'cartwright';
import { createRoot } from 'react-dom/client';
import { Calculator } from './calculator.jsx';
import { coupons, rules, variants } from './shop.js';

const cartwright = await load();
const shop = cartwright.open({ shop: rules, variants });
createRoot(document.getElementById('app')).render(<Calculator shop={shop} variants={variants} coupons={coupons} />);
