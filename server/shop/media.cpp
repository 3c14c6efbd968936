#include "server/shop/media.h"

namespace cartwright::shop {

std::optional<Media> find_media(store::Reader& reader, std::string_view name) {
  const auto row = reader.first("SELECT content_type, bytes FROM media WHERE name = $1", name);
  if (!row) return std::nullopt;
  const auto bytes = row->get<store::Bytes>(1);
  return Media{.name = std::string(name),
               .content_type = row->get<std::string>(0),
               .bytes = std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size())};
}

bool has_media(store::Reader& reader, std::string_view name) {
  return reader.value<std::int64_t>("SELECT 1 FROM media WHERE name = $1", name).has_value();
}

void add_media(store::Transaction& tx, const Media& media) {
  const store::Bytes bytes(reinterpret_cast<const unsigned char*>(media.bytes.data()), media.bytes.size());
  tx.execute("INSERT INTO media (name, content_type, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", media.name,
             media.content_type, bytes);
}

}  // namespace cartwright::shop
