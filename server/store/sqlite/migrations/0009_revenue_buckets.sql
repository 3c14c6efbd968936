-- What the dashboard is read from, kept by the transactions that it tells of: reading it costs the same with a thousand
-- orders or ten million.

-- Per epoch hour: what was sold, given back and sent in it. A refund stands in the hour in which it was made (as in the
-- books), while sales_buckets takes units back from the hour of their sale (what is popular). Over all hours, charged - paid +
-- refunded is what lies on balances, orders - cancelled - shipped waits to be shipped, shipped - delivered is on its way.
CREATE TABLE revenue_buckets (
  hour INTEGER PRIMARY KEY,
  charged INTEGER NOT NULL,       -- charges less reversals
  orders INTEGER NOT NULL CHECK (orders >= 0),          -- paid
  units INTEGER NOT NULL CHECK (units >= 0),            -- in them
  paid INTEGER NOT NULL CHECK (paid >= 0),              -- for them
  refunds INTEGER NOT NULL CHECK (refunds >= 0),
  refunded_units INTEGER NOT NULL CHECK (refunded_units >= 0),
  refunded INTEGER NOT NULL CHECK (refunded >= 0),
  shipped INTEGER NOT NULL CHECK (shipped >= 0),        -- orders
  delivered INTEGER NOT NULL CHECK (delivered >= 0),    -- orders
  cancelled INTEGER NOT NULL CHECK (cancelled >= 0)     -- orders refunded whole before they were shipped
) STRICT;

-- Coupons issued per epoch minute: by a campaign, or (campaign_id 0) by a code or as a gift.
CREATE TABLE coupon_issues (
  coupon_id INTEGER NOT NULL REFERENCES coupons (id),
  campaign_id INTEGER NOT NULL,
  minute INTEGER NOT NULL,
  issued INTEGER NOT NULL CHECK (issued >= 1),
  PRIMARY KEY (coupon_id, campaign_id, minute)
) STRICT, WITHOUT ROWID;

-- What a coupon or a promotion took off orders that were paid in this epoch hour and not refunded whole.
CREATE TABLE coupon_uses (
  coupon_id INTEGER NOT NULL REFERENCES coupons (id),
  hour INTEGER NOT NULL,
  uses INTEGER NOT NULL CHECK (uses >= 0),
  discount INTEGER NOT NULL CHECK (discount >= 0),
  PRIMARY KEY (coupon_id, hour)
) STRICT, WITHOUT ROWID;

ALTER TABLE fcfs_coupons ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1);  -- issuing isn't a change
CREATE INDEX fcfs_coupons_of_coupon ON fcfs_coupons (coupon_id);
CREATE INDEX product_variants_low ON product_variants (stock) WHERE active = 1 AND stock <= 20;
CREATE INDEX user_balances_receivable ON user_balances (receivable) WHERE receivable > 0;

-- What had happened before these tables were there.
INSERT INTO revenue_buckets
SELECT hour, sum(charged), sum(orders), sum(units), sum(paid), sum(refunds), sum(refunded_units), sum(refunded),
  sum(shipped), sum(delivered), sum(cancelled)
FROM (
  SELECT created_at / 3600000 AS hour, amount AS charged, 0 AS orders, 0 AS units, 0 AS paid, 0 AS refunds,
    0 AS refunded_units, 0 AS refunded, 0 AS shipped, 0 AS delivered, 0 AS cancelled
  FROM balance_history WHERE type IN ('CHARGE', 'REVERSAL')
  UNION ALL SELECT paid_at / 3600000, 0, 1, (SELECT sum(quantity) FROM order_items WHERE order_id = orders.id), total,
    0, 0, 0, 0, 0, 0 FROM orders WHERE paid_at IS NOT NULL
  UNION ALL SELECT created_at / 3600000, 0, 0, 0, 0, 1,
    (SELECT sum(quantity) FROM refund_items WHERE refund_id = refunds.id), amount, 0, 0, 0 FROM refunds
  UNION ALL SELECT shipped_at / 3600000, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0 FROM shipments
  UNION ALL SELECT delivered_at / 3600000, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0 FROM shipments WHERE delivered_at IS NOT NULL
  UNION ALL SELECT cancelled_at / 3600000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 FROM orders
    WHERE status = 'CANCELLED' AND paid_at IS NOT NULL
) GROUP BY hour;

INSERT INTO coupon_issues
SELECT coupon_id, COALESCE(campaign_id, 0), issued_at / 60000, count(*) FROM user_coupons GROUP BY 1, 2, 3;

INSERT INTO coupon_uses
SELECT json_extract(a.value, '$.rule_id'), o.paid_at / 3600000, count(*), sum(json_extract(a.value, '$.amount'))
FROM orders o JOIN order_quotes q ON q.order_id = o.id, json_each(q.answer, '$.applied') a
WHERE o.paid_at IS NOT NULL AND EXISTS (
  SELECT 1 FROM order_items WHERE order_id = o.id AND refunded_quantity < quantity)
GROUP BY 1, 2;
