-- Rules, campaigns and wallets.

-- A promotion applies by itself; a coupon is issued to users. `rule` is PRICING.md's RULE as canonical JSON, its "id"
-- this id; the columns beside it repeat what is asked for. A wallet's coupon expires `valid_days` after its issue.
CREATE TABLE coupons (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  kind TEXT NOT NULL CHECK (kind IN ('coupon', 'promotion')),
  rule TEXT NOT NULL,
  starts_at INTEGER,
  ends_at INTEGER,
  valid_days INTEGER CHECK (valid_days BETWEEN 1 AND 36500),
  code TEXT UNIQUE,               -- upper case [쿠폰 코드]
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
  version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  CHECK (kind = 'coupon' OR (code IS NULL AND valid_days IS NULL))
) STRICT;
CREATE INDEX coupons_promotions ON coupons (id) WHERE kind = 'promotion' AND active = 1;

CREATE TABLE coupon_texts (
  coupon_id INTEGER NOT NULL REFERENCES coupons (id),
  language TEXT NOT NULL CHECK (language IN ('ko', 'en')),
  name TEXT NOT NULL CHECK (name <> ''),
  description TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (coupon_id, language)
) STRICT, WITHOUT ROWID;

-- A campaign [선착순 쿠폰]: first come, first served.
CREATE TABLE fcfs_coupons (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  coupon_id INTEGER NOT NULL REFERENCES coupons (id),
  total_quantity INTEGER NOT NULL CHECK (total_quantity BETWEEN 1 AND 9007199254740991),
  remaining_quantity INTEGER NOT NULL,
  starts_at INTEGER NOT NULL,
  ends_at INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  CHECK (remaining_quantity BETWEEN 0 AND total_quantity),
  CHECK (starts_at < ends_at)
) STRICT;

-- A wallet's coupon. USED while `order_id`, a live order, holds it. Whether an AVAILABLE one has expired is asked of the
-- clock (expires_at <= now) wherever it is read; EXPIRED is written by the sweep, or when a cancelled order gives it back
-- too late. The UNIQUE also finds a user's wallet.
CREATE TABLE user_coupons (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 9007199254740991),
  user_id INTEGER NOT NULL REFERENCES users (id),
  coupon_id INTEGER NOT NULL REFERENCES coupons (id),
  origin TEXT NOT NULL CHECK (CASE origin WHEN 'campaign' THEN 1 WHEN 'code' THEN 1 WHEN 'grant' THEN 1 ELSE 0 END),
  campaign_id INTEGER REFERENCES fcfs_coupons (id),
  status TEXT NOT NULL DEFAULT 'AVAILABLE'
    CHECK (CASE status WHEN 'AVAILABLE' THEN 1 WHEN 'USED' THEN 1 WHEN 'EXPIRED' THEN 1 ELSE 0 END),
  issued_at INTEGER NOT NULL,
  expires_at INTEGER,
  used_at INTEGER,
  order_id INTEGER REFERENCES orders (id),
  UNIQUE (user_id, campaign_id),
  CHECK ((origin = 'campaign') = (campaign_id IS NOT NULL)),
  CHECK ((status = 'USED') = (order_id IS NOT NULL)),
  CHECK ((status = 'USED') = (used_at IS NOT NULL))
) STRICT;
CREATE INDEX user_coupons_expiring ON user_coupons (expires_at) WHERE status = 'AVAILABLE' AND expires_at IS NOT NULL;
CREATE UNIQUE INDEX user_coupons_code_once ON user_coupons (user_id, coupon_id) WHERE origin = 'code';

CREATE TABLE user_coupon_history (
  id INTEGER PRIMARY KEY,
  user_coupon_id INTEGER NOT NULL REFERENCES user_coupons (id),
  event TEXT NOT NULL
    CHECK (CASE event WHEN 'ISSUED' THEN 1 WHEN 'USED' THEN 1 WHEN 'RESTORED' THEN 1 WHEN 'EXPIRED' THEN 1 ELSE 0 END),
  order_id INTEGER REFERENCES orders (id),
  created_at INTEGER NOT NULL,
  CHECK (event NOT IN ('USED', 'RESTORED') OR order_id IS NOT NULL)
) STRICT;
