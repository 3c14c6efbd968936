-- How many of a coupon its code gives out [쿠폰 코드]: at most `code_total`, any number without it.

ALTER TABLE coupons ADD COLUMN code_total INTEGER CHECK (code_total BETWEEN 1 AND 9007199254740991);
ALTER TABLE coupons ADD COLUMN code_issued INTEGER NOT NULL DEFAULT 0
  CHECK (code_issued >= 0 AND (code_total IS NULL OR code_issued <= code_total));
