-- The shop itself and the people in it.
--
-- For all migrations: times are milliseconds since the epoch (UTC), amounts are minor units of the shop's currency in
-- [-(2^53-1), 2^53-1] = +-9007199254740991, booleans are 0 or 1. A table WITHOUT ROWID is one whose rows are narrow and
-- always looked for by their key. Nothing that money hangs on is ever deleted, so children of such parents need no
-- index for the parent's sake. A partial index (WHERE …) is used only by statements that say its condition in the same
-- words, not as a parameter. A CHECK with IN and more than two words makes SQLite build a table for each row that it
-- checks; so where rows are written often it is CASE. The currency is chosen when the row is made and never changes.

CREATE TABLE shop (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  name TEXT NOT NULL,
  currency TEXT NOT NULL CHECK (length(currency) = 3),
  time_zone TEXT NOT NULL DEFAULT 'Asia/Seoul',
  discount_multiple INTEGER NOT NULL DEFAULT 1 CHECK (discount_multiple BETWEEN 1 AND 1000000),
  shipping_fee INTEGER NOT NULL DEFAULT 0 CHECK (shipping_fee BETWEEN 0 AND 9007199254740991),
  shipping_free_from INTEGER CHECK (shipping_free_from BETWEEN 0 AND 9007199254740991),
  shipping_tax_class TEXT NOT NULL DEFAULT 'standard',
  tax_mode TEXT NOT NULL DEFAULT 'inclusive' CHECK (tax_mode IN ('inclusive', 'exclusive')),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE tax_rates (
  tax_class TEXT NOT NULL PRIMARY KEY,
  basis_points INTEGER NOT NULL CHECK (basis_points BETWEEN 0 AND 100000)
) STRICT, WITHOUT ROWID;

-- What a shop has to say in writing: plain text, shown as it is.
CREATE TABLE shop_policies (
  kind TEXT NOT NULL CHECK (kind IN ('terms', 'privacy', 'returns', 'shipping')),
  language TEXT NOT NULL CHECK (language IN ('ko', 'en')),
  text TEXT NOT NULL CHECK (text <> ''),
  PRIMARY KEY (kind, language)
) STRICT;

-- An erased account keeps its row for its orders' sake, without the person: email, name and password are gone.
CREATE TABLE users (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  email TEXT UNIQUE,              -- as compared: lower case
  password_hash TEXT,             -- argon2id, encoded
  name TEXT NOT NULL,
  role TEXT NOT NULL DEFAULT 'shopper' CHECK (role IN ('shopper', 'admin')),
  language TEXT NOT NULL DEFAULT 'ko' CHECK (language IN ('ko', 'en')),
  created_at INTEGER NOT NULL,
  erased_at INTEGER,
  CHECK ((erased_at IS NULL) = (email IS NOT NULL)),
  CHECK ((erased_at IS NULL) = (password_hash IS NOT NULL))
) STRICT;

-- Only the token's hash is kept. A token that was renewed or signed out is one whose expires_at came nearer.
CREATE TABLE user_sessions (
  token_hash BLOB NOT NULL PRIMARY KEY CHECK (length(token_hash) = 32),
  user_id INTEGER NOT NULL REFERENCES users (id),
  device TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX user_sessions_of_user ON user_sessions (user_id);
CREATE INDEX user_sessions_by_expiry ON user_sessions (expires_at);

CREATE TABLE addresses (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  name TEXT NOT NULL,
  phone TEXT NOT NULL,
  postcode TEXT NOT NULL,
  line1 TEXT NOT NULL,
  line2 TEXT NOT NULL DEFAULT '',
  note TEXT NOT NULL DEFAULT '',
  is_default INTEGER NOT NULL DEFAULT 0 CHECK (is_default IN (0, 1)),
  created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX addresses_of_user ON addresses (user_id);
CREATE UNIQUE INDEX addresses_one_default ON addresses (user_id) WHERE is_default = 1;

-- One row per user, made with the account. What a payment changes of a user is all here.
CREATE TABLE user_balances (
  user_id INTEGER PRIMARY KEY REFERENCES users (id),
  balance INTEGER NOT NULL DEFAULT 0 CHECK (balance BETWEEN 0 AND 9007199254740991),
  -- What a reversed charge left uncovered; blocks spending.
  receivable INTEGER NOT NULL DEFAULT 0 CHECK (receivable BETWEEN 0 AND 9007199254740991),
  -- Rows in balance_history: the next one's position is one more.
  history_count INTEGER NOT NULL DEFAULT 0 CHECK (history_count >= 0),
  -- Orders that were paid and not refunded whole: what rules ask for (first_order_only).
  paid_orders INTEGER NOT NULL DEFAULT 0 CHECK (paid_orders >= 0)
) STRICT;

-- By user and position, 1, 2, 3, …: one page per payment, no hole, and each row's `before` is the last one's `after`.
CREATE TABLE balance_history (
  user_id INTEGER NOT NULL REFERENCES user_balances (user_id),
  position INTEGER NOT NULL CHECK (position >= 1),
  type TEXT NOT NULL,
  amount INTEGER NOT NULL,        -- signed: what the balance changed by
  balance_before INTEGER NOT NULL CHECK (balance_before BETWEEN 0 AND 9007199254740991),
  balance_after INTEGER NOT NULL CHECK (balance_after BETWEEN 0 AND 9007199254740991),
  order_id INTEGER REFERENCES orders (id),                -- USE, REFUND
  charge_id INTEGER REFERENCES charge_requests (id),      -- CHARGE, REVERSAL
  created_at INTEGER NOT NULL,
  PRIMARY KEY (user_id, position),
  CHECK (balance_after = balance_before + amount),
  CHECK (CASE type WHEN 'CHARGE' THEN amount > 0 AND charge_id IS NOT NULL
                   WHEN 'USE' THEN amount <= 0 AND order_id IS NOT NULL
                   WHEN 'REFUND' THEN amount >= 0 AND order_id IS NOT NULL
                   WHEN 'REVERSAL' THEN amount <= 0 AND charge_id IS NOT NULL
                   ELSE 0 END)
) STRICT, WITHOUT ROWID;
-- For the audit, which else would read all of it for each charge; a payment has none, and pays nothing for it.
CREATE INDEX balance_history_of_charge ON balance_history (charge_id) WHERE charge_id IS NOT NULL;

CREATE TABLE charge_requests (
  id INTEGER PRIMARY KEY,
  number TEXT NOT NULL UNIQUE,    -- unguessable; the name that the provider and the shopper know
  user_id INTEGER NOT NULL REFERENCES users (id),
  provider TEXT NOT NULL CHECK (provider IN ('instant', 'bank_transfer', 'gateway')),
  provider_id TEXT,               -- the provider's own name for it; a gateway's: from when it is asked to confirm
  amount INTEGER NOT NULL CHECK (amount BETWEEN 1 AND 9007199254740991),
  status TEXT NOT NULL CHECK (status IN ('PENDING', 'COMPLETED', 'FAILED', 'REVERSED')),
  reason TEXT NOT NULL DEFAULT '',  -- of FAILED: a word; of REVERSED: what the admin wrote
  created_at INTEGER NOT NULL,
  finished_at INTEGER,            -- since when it is no longer PENDING, or REVERSED
  -- How often the gateway was asked what became of it, and when it is asked next.
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  next_attempt_at INTEGER,
  CHECK ((status = 'PENDING') = (finished_at IS NULL)),
  CHECK (next_attempt_at IS NULL OR (status = 'PENDING' AND provider = 'gateway' AND provider_id IS NOT NULL))
) STRICT;
CREATE INDEX charge_requests_of_user ON charge_requests (user_id, id);
CREATE INDEX charge_requests_to_ask ON charge_requests (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE UNIQUE INDEX charge_requests_once ON charge_requests (provider, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX charge_requests_pending ON charge_requests (id) WHERE status = 'PENDING';
