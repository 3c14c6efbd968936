// Any row of doubles as what JavaScript hands to the module: whatever it says, it is refused, or it is a request that the
// JSON reader takes too, to the letter.
//
// A byte is a double: itself as a small number, or one of the marks below. So the marks of wasm/flat.h are near.
#include <cstring>
#include <vector>

#include "core/calls.h"
#include "server/json.h"
#include "tests/fuzz/target.h"
#include "wasm/flat.h"

namespace {

using namespace cartwright;

constexpr std::uint8_t left_out = 0x80;
constexpr std::uint8_t null = 0x81;
constexpr std::uint8_t wrong = 0x82;
constexpr std::uint8_t raw = 0x83;       // the next 8 bytes as they are: text, or any number
constexpr std::uint8_t largest = 0x84;   // 2^53-1
constexpr std::uint8_t beyond = 0x85;    // 2^53
constexpr std::uint8_t negative = 0x86;  // minus the next byte
constexpr std::uint8_t hundreds = 0x87;  // the next byte times 100

std::vector<double> row_of(const std::uint8_t* data, std::size_t size) {
  std::vector<double> row;
  for (std::size_t at = 0; at < size;) {
    const std::uint8_t byte = data[at++];
    const double next = at < size ? data[at] : 0;
    switch (byte) {
      case left_out: row.push_back(flat::left_out); break;
      case null: row.push_back(flat::null); break;
      case wrong: row.push_back(flat::wrong); break;
      case largest: row.push_back(static_cast<double>(max_amount)); break;
      case beyond: row.push_back(static_cast<double>(max_amount + 1)); break;
      case negative: ++at, row.push_back(-next); break;
      case hundreds: ++at, row.push_back(next * 100); break;
      case raw: {
        double value = 0;
        const std::size_t bytes = std::min(sizeof value, size - at);
        std::memcpy(&value, data + at, bytes);
        at += bytes;
        row.push_back(value);
        break;
      }
      default: row.push_back(byte);
    }
  }
  return row;
}

void check_refusal(const Error& error) {
  CARTWRIGHT_ASSERT(error.code == ErrorCode::invalid_request && error.path.starts_with('$'));
}

template <class S>
void read(std::span<const double> row) {
  S request;
  const Status status = flat::decode(row, request);
  if (!status) return check_refusal(status.error());
  const std::string text = json::encode(request);
  const auto again = json::decode<S>(text);
  // The writer makes well-formed UTF-8 and the reader believes it, so only there the two may differ.
  CARTWRIGHT_ASSERT(again.ok() || again.error().path == "$");
  if (again) CARTWRIGHT_ASSERT(json::encode(*again) == text);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::vector<double> row = row_of(data, size);
  read<QuoteRequest>(row);
  read<ShopData>(row);
  read<CartQuoteRequest>(row);
  CartEdit edit;  // only ever read: an id that is left out could not be written
  const Status status = flat::decode(std::span(row), edit);
  if (!status) check_refusal(status.error());
  return 0;
}
