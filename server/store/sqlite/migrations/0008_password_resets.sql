-- What keeps accounts and their traces in order.

-- One-time links to a new password: one per user, and only its hash is kept.
CREATE TABLE password_resets (
  user_id INTEGER PRIMARY KEY REFERENCES users (id),
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX password_resets_by_expiry ON password_resets (expires_at);

CREATE INDEX sync_clients_by_use ON sync_clients (updated_at);

-- Refusals that are kept for ever, and long because of the quote in them: the sweep shortens them after a day.
CREATE INDEX idempotency_keys_long_refusals ON idempotency_keys (created_at)
  WHERE status >= 400 AND keep_until IS NULL AND length(answer) > 4096;
