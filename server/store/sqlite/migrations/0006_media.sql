-- Pictures that the shop serves itself, at /media/{name}. Changed bytes get a new name, so answers may be kept for ever.

CREATE TABLE media (
  name TEXT NOT NULL PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 200),
  content_type TEXT NOT NULL CHECK (content_type IN ('image/svg+xml', 'image/png', 'image/jpeg', 'image/webp')),
  bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 10485760)
) STRICT;
