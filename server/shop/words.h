// Enums as the tables keep them: by their words on the wire (Names<E>, core/fields.h).
#pragma once

#include <string>
#include <string_view>

#include "server/store/database.h"
#include "server/wire_fields.h"

namespace cartwright::shop {

// Throws StoreError (corrupt) for a word that is none: the tables' CHECKs keep them out.
template <class E>
E read_word(std::string_view word) {
  for (std::size_t i = 0; i < Names<E>::list.size(); ++i) {
    if (Names<E>::list[i] == word) return static_cast<E>(i);
  }
  throw store::StoreError(store::Fault::corrupt, "not a known word: " + std::string(word));
}

}  // namespace cartwright::shop
