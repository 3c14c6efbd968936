-- From the cart to the paid order and back.

CREATE TABLE carts (
  user_id INTEGER PRIMARY KEY REFERENCES users (id),
  version INTEGER NOT NULL DEFAULT 0 CHECK (version >= 0),
  updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE cart_lines (
  user_id INTEGER NOT NULL REFERENCES carts (user_id),
  variant_id INTEGER NOT NULL REFERENCES product_variants (id),
  position INTEGER NOT NULL,      -- order in which they were added
  quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
  selected INTEGER NOT NULL DEFAULT 1 CHECK (selected IN (0, 1)),
  price_when_added INTEGER NOT NULL CHECK (price_when_added BETWEEN 0 AND 9007199254740991),
  PRIMARY KEY (user_id, variant_id)
) STRICT, WITHOUT ROWID;

-- The last mutation that was applied of each client.
CREATE TABLE sync_clients (
  user_id INTEGER NOT NULL REFERENCES users (id),
  client_id TEXT NOT NULL CHECK (client_id <> ''),
  last_mutation INTEGER NOT NULL CHECK (last_mutation >= 0),
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, client_id)
) STRICT, WITHOUT ROWID;

-- Kept narrow, because a payment rewrites the row: the quote lies beside it. A number that begins with the day keeps new
-- ones together in the index; what makes it unguessable is the rest.
CREATE TABLE orders (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  number TEXT NOT NULL UNIQUE CHECK (number <> ''),
  user_id INTEGER NOT NULL REFERENCES users (id),
  status TEXT NOT NULL
    CHECK (CASE status WHEN 'PENDING' THEN 1 WHEN 'PAID' THEN 1 WHEN 'SHIPPING' THEN 1 WHEN 'DELIVERED' THEN 1
           WHEN 'CANCELLED' THEN 1 ELSE 0 END),
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  tax_mode TEXT NOT NULL CHECK (tax_mode IN ('inclusive', 'exclusive')),
  subtotal INTEGER NOT NULL CHECK (subtotal BETWEEN 0 AND 9007199254740991),
  item_discount INTEGER NOT NULL CHECK (item_discount BETWEEN 0 AND 9007199254740991),
  order_discount INTEGER NOT NULL CHECK (order_discount BETWEEN 0 AND 9007199254740991),
  merchandise INTEGER NOT NULL CHECK (merchandise BETWEEN 0 AND 9007199254740991),
  shipping_fee INTEGER NOT NULL CHECK (shipping_fee BETWEEN 0 AND 9007199254740991),
  shipping_discount INTEGER NOT NULL CHECK (shipping_discount BETWEEN 0 AND 9007199254740991),
  tax INTEGER NOT NULL CHECK (tax BETWEEN 0 AND 9007199254740991),
  total INTEGER NOT NULL CHECK (total BETWEEN 0 AND 9007199254740991),
  fingerprint TEXT NOT NULL CHECK (length(fingerprint) = 16),
  -- the address as it was; null when none was given
  ship_name TEXT,
  ship_phone TEXT,
  ship_postcode TEXT,
  ship_line1 TEXT,
  ship_line2 TEXT,
  ship_note TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,    -- while PENDING
  paid_at INTEGER,
  cancelled_at INTEGER,
  cancel_reason TEXT
    CHECK (CASE cancel_reason WHEN 'shopper' THEN 1 WHEN 'expired' THEN 1 WHEN 'payment_failed' THEN 1
           WHEN 'refunded' THEN 1 ELSE cancel_reason IS NULL END),
  refunded INTEGER NOT NULL DEFAULT 0,  -- money given back so far; beside the status, not in it
  CHECK (merchandise = subtotal - item_discount - order_discount),
  CHECK (shipping_discount <= shipping_fee),
  CHECK (total = merchandise + shipping_fee - shipping_discount + CASE tax_mode WHEN 'exclusive' THEN tax ELSE 0 END),
  CHECK (refunded BETWEEN 0 AND total),
  CHECK ((status = 'CANCELLED') = (cancelled_at IS NOT NULL)),
  CHECK ((cancel_reason IS NULL) = (cancelled_at IS NULL)),
  CHECK (CASE status WHEN 'PENDING' THEN paid_at IS NULL WHEN 'CANCELLED' THEN 1 ELSE paid_at IS NOT NULL END),
  CHECK (refunded = 0 OR paid_at IS NOT NULL)
) STRICT;
CREATE INDEX orders_of_user ON orders (user_id, id);
CREATE INDEX orders_pending ON orders (expires_at) WHERE status = 'PENDING';
CREATE INDEX orders_pending_of_user ON orders (user_id) WHERE status = 'PENDING';

-- The canonical quote request and answer as bought; written once.
CREATE TABLE order_quotes (
  order_id INTEGER PRIMARY KEY REFERENCES orders (id),
  request TEXT NOT NULL,
  answer TEXT NOT NULL
) STRICT;

CREATE TABLE order_items (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  variant_id INTEGER NOT NULL REFERENCES product_variants (id),
  product_id INTEGER NOT NULL REFERENCES products (id),
  names TEXT NOT NULL,      -- the product's, as they were
  options TEXT NOT NULL,    -- {"ko": "초록 / M", "en": "Green / M"} as they were
  image_url TEXT NOT NULL DEFAULT '',
  unit_price INTEGER NOT NULL CHECK (unit_price BETWEEN 0 AND 9007199254740991),
  quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
  discount INTEGER NOT NULL CHECK (discount BETWEEN 0 AND 9007199254740991),
  net INTEGER NOT NULL CHECK (net BETWEEN 0 AND 9007199254740991),
  tax_class TEXT NOT NULL,
  tax INTEGER NOT NULL CHECK (tax BETWEEN 0 AND 9007199254740991),
  refunded_quantity INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (order_id, position),
  UNIQUE (order_id, variant_id),
  CHECK (net + discount = unit_price * quantity),
  CHECK (refunded_quantity BETWEEN 0 AND quantity)
) STRICT, WITHOUT ROWID;

-- A coupon is held by one live order at most; a released one (cancelled, refunded whole) may be used again.
CREATE TABLE order_coupons (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  user_coupon_id INTEGER NOT NULL REFERENCES user_coupons (id),
  coupon_id INTEGER NOT NULL REFERENCES coupons (id),
  amount INTEGER NOT NULL CHECK (amount BETWEEN 0 AND 9007199254740991),
  released_at INTEGER,
  PRIMARY KEY (order_id, user_coupon_id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX order_coupons_held_once ON order_coupons (user_coupon_id) WHERE released_at IS NULL;

-- Attempts to pay an order, numbered from 1; at most one is COMPLETED.
CREATE TABLE payments (
  order_id INTEGER NOT NULL REFERENCES orders (id),
  attempt INTEGER NOT NULL CHECK (attempt >= 1),
  method TEXT NOT NULL CHECK (method IN ('BALANCE')),
  amount INTEGER NOT NULL CHECK (amount BETWEEN 0 AND 9007199254740991),
  status TEXT NOT NULL
    CHECK (CASE status WHEN 'PENDING' THEN 1 WHEN 'COMPLETED' THEN 1 WHEN 'FAILED' THEN 1 WHEN 'CANCELLED' THEN 1
           ELSE 0 END),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (order_id, attempt)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX payments_completed_once ON payments (order_id) WHERE status = 'COMPLETED';

-- Every change of a payment with its reason: '' or the refusal's code.
CREATE TABLE payment_history (
  order_id INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 1),
  status TEXT NOT NULL
    CHECK (CASE status WHEN 'PENDING' THEN 1 WHEN 'COMPLETED' THEN 1 WHEN 'FAILED' THEN 1 WHEN 'CANCELLED' THEN 1
           ELSE 0 END),
  reason TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  PRIMARY KEY (order_id, attempt, position),
  FOREIGN KEY (order_id, attempt) REFERENCES payments (order_id, attempt)
) STRICT, WITHOUT ROWID;

CREATE TABLE shipments (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  carrier TEXT NOT NULL,
  tracking_number TEXT NOT NULL,  -- [송장번호]
  shipped_at INTEGER NOT NULL,
  delivered_at INTEGER
) STRICT;
CREATE INDEX shipments_of_order ON shipments (order_id);

CREATE TABLE refunds (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  amount INTEGER NOT NULL CHECK (amount BETWEEN 0 AND 9007199254740991),    -- what went back to the balance
  shipping INTEGER NOT NULL DEFAULT 0 CHECK (shipping BETWEEN 0 AND amount),  -- of it, for shipping and its tax
  restocked INTEGER NOT NULL CHECK (restocked IN (0, 1)),
  reason TEXT NOT NULL DEFAULT '',
  requested_by INTEGER NOT NULL REFERENCES users (id),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX refunds_of_order ON refunds (order_id);

CREATE TABLE refund_items (
  refund_id INTEGER NOT NULL REFERENCES refunds (id),
  order_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 1000000),
  net INTEGER NOT NULL CHECK (net BETWEEN 0 AND 9007199254740991),
  tax INTEGER NOT NULL CHECK (tax BETWEEN 0 AND 9007199254740991),
  PRIMARY KEY (refund_id, position),
  FOREIGN KEY (order_id, position) REFERENCES order_items (order_id, position)
) STRICT, WITHOUT ROWID;
