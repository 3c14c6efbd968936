// Any bytes as the text of a request: what is read can be written and read again as the same, and a refusal names its
// place in a well-formed answer.
#include "core/calls.h"
#include "server/json.h"
#include "tests/fuzz/target.h"

namespace {

using namespace cartwright;

void check_refusal(const Error& error) {
  CARTWRIGHT_ASSERT(error.code == ErrorCode::invalid_request && error.path.starts_with('$'));
  CARTWRIGHT_ASSERT(json::Document::parse(json::encode_error(error)).ok());
}

template <class S>
void read(std::string_view text) {
  const auto first = json::decode<S>(text);
  if (!first) return check_refusal(first.error());
  const std::string written = json::encode(*first);
  const auto second = json::decode<S>(written);
  CARTWRIGHT_ASSERT(second.ok());
  CARTWRIGHT_ASSERT(json::encode(*second) == written);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = fuzz::text_of(data, size);
  read<QuoteRequest>(text);
  read<ShopData>(text);
  read<CartQuoteRequest>(text);
  const auto edit = json::decode<CartEdit>(text);  // only ever read: an id that is left out could not be written
  if (!edit) check_refusal(edit.error());
  return 0;
}
