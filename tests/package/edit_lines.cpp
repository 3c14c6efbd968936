// Native twin for the package's tests: one cart edit ({lines, mutation, variants}) per line of stdin, the cart after it
// or its error per line of stdout.
#include <iostream>
#include <string>

#include "core/calls.h"
#include "server/json.h"

namespace cartwright {

namespace {

std::string answer(const std::string& line) {
  auto edit = json::decode<CartEdit>(line);
  if (!edit) return json::encode_error(edit.error());
  Cart cart{.lines = std::move(edit->lines)};
  const Status applied = apply(cart, edit->mutation, Catalog(edit->variants));
  return applied ? json::encode(cart) : json::encode_error(applied.error());
}

}  // namespace

}  // namespace cartwright

int main() {
  std::string line;
  while (std::getline(std::cin, line)) std::cout << cartwright::answer(line) << '\n';
}
