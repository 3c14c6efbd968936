// Pictures that the shop serves itself (/media/{name}): the demo shop's drawings, an admin's uploads.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/store/database.h"

namespace cartwright::shop {

struct Media {
  std::string name = {};
  std::string content_type = {};  // of an image
  std::string bytes = {};
};

std::optional<Media> find_media(store::Reader& reader, std::string_view name);

bool has_media(store::Reader& reader, std::string_view name);

// A name is written once: its bytes never change.
void add_media(store::Transaction& tx, const Media& media);

}  // namespace cartwright::shop
