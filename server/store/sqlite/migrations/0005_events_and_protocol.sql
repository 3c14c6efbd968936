-- What others must learn, and what makes a retry safe.

-- What an offline client must learn, by position: only the last change of each thing is kept (delete, then insert), and
-- a position is never given twice. Stock isn't here: it would flood it.
CREATE TABLE changes (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('shop', 'product', 'variant', 'category', 'rule', 'campaign')),
  entity_id INTEGER NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
  created_at INTEGER NOT NULL,
  UNIQUE (kind, entity_id)
) STRICT;

-- A stretch of history between two starts of the server (shop/snapshot.h): where it began. After a restored backup the
-- positions run on from the backup's, under another stamp.
CREATE TABLE snapshot_epochs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  stamp INTEGER NOT NULL UNIQUE,  -- random
  change_position INTEGER NOT NULL,
  movement_position INTEGER NOT NULL
) STRICT;

-- Written in the transaction that it tells of; positioned after the commit, 1, 2, 3, … without a hole.
CREATE TABLE outbox_events (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  type TEXT NOT NULL,             -- order.paid, order.cancelled, order.refunded, …
  order_id INTEGER REFERENCES orders (id),
  payload TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  position INTEGER CHECK (position >= 1)
) STRICT;
CREATE UNIQUE INDEX outbox_events_by_position ON outbox_events (position) WHERE position IS NOT NULL;
CREATE INDEX outbox_events_new ON outbox_events (id) WHERE position IS NULL;

-- Old events go by position, from the first one on, and never one that is younger than the oldest kept one: of what
-- happened later than `since` there is an event. -1: none has gone yet.
CREATE VIEW outbox_kept (since) AS
  SELECT COALESCE((SELECT created_at FROM outbox_events
                   WHERE position = (SELECT min(position) FROM outbox_events WHERE position IS NOT NULL)
                     AND position > 1), -1);

-- The first answer to a key, given again to every retry. status and answer are null while it is still being worked on,
-- which only requests that wait for someone else (a payment company) ever are. keep_until null: for ever.
CREATE TABLE idempotency_keys (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  endpoint TEXT NOT NULL,         -- method and path
  key TEXT NOT NULL CHECK (length(key) BETWEEN 1 AND 255),
  request_hash BLOB NOT NULL,
  status INTEGER CHECK (status BETWEEN 200 AND 599),
  answer TEXT,
  location TEXT NOT NULL DEFAULT '',  -- of what was created
  created_at INTEGER NOT NULL,
  keep_until INTEGER,
  UNIQUE (user_id, key, endpoint),
  CHECK ((status IS NULL) = (answer IS NULL))
) STRICT;
CREATE INDEX idempotency_keys_by_end ON idempotency_keys (keep_until) WHERE keep_until IS NOT NULL;

CREATE TABLE webhook_endpoints (
  id INTEGER PRIMARY KEY,
  url TEXT NOT NULL,
  secret TEXT NOT NULL,           -- whsec_…, signs every delivery
  event_types TEXT NOT NULL,      -- words with a space between; empty: all
  cursor INTEGER NOT NULL DEFAULT 0 CHECK (cursor >= 0),  -- the last position that was delivered or isn't wanted
  state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'paused', 'stopped', 'dead', 'removed')),
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),  -- in a row, of the event behind the cursor
  failing_since INTEGER,
  next_attempt_at INTEGER,        -- of a paused one
  created_at INTEGER NOT NULL,
  CHECK ((failures = 0) = (failing_since IS NULL)),
  CHECK ((state = 'paused') = (next_attempt_at IS NOT NULL))
) STRICT;

-- What became of an event at an endpoint; gone with its event.
CREATE TABLE webhook_deliveries (
  endpoint_id INTEGER NOT NULL REFERENCES webhook_endpoints (id),
  position INTEGER NOT NULL,      -- the event's
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  attempted_at INTEGER NOT NULL,  -- the last time
  delivered_at INTEGER,
  outcome TEXT NOT NULL,          -- of the last attempt: a status, or a word for why there was none
  PRIMARY KEY (endpoint_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX webhook_deliveries_by_position ON webhook_deliveries (position);

CREATE TABLE admin_log (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES users (id),
  action TEXT NOT NULL,
  entity TEXT NOT NULL,
  entity_id INTEGER,
  before TEXT,
  after TEXT,
  created_at INTEGER NOT NULL
) STRICT;
