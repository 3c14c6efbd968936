#include <doctest/doctest.h>

#include "core/cart.h"

using namespace cartwright;

namespace {

const std::vector<Variant> variants = {
    {.id = {1}, .product_id = {1}, .unit_price = 1000, .stock = 9},
    {.id = {2}, .product_id = {1}, .unit_price = 2000, .stock = 9, .max_quantity = 5},
};
const Catalog catalog{variants};

Cart cart_of(std::vector<CartLine> lines) { return {std::move(lines)}; }

}  // namespace

TEST_CASE("adding twice makes one line with the sum") {
  Cart cart;
  CHECK(apply(cart, {.name = MutationName::add, .variant_id = {1}, .quantity = 2}, catalog).ok());
  CHECK(apply(cart, {.name = MutationName::add, .variant_id = {1}, .quantity = 3}, catalog).ok());
  REQUIRE(cart.lines.size() == 1);
  CHECK(cart.lines[0].quantity == 5);
  CHECK(cart.lines[0].selected);
}

TEST_CASE("quantities are capped at the variant's limit and at a million") {
  Cart cart = cart_of({{{2}, 4, true}});
  CHECK(apply(cart, {.name = MutationName::add, .variant_id = {2}, .quantity = 4}, catalog).ok());
  CHECK(cart.lines[0].quantity == 5);
  CHECK(apply(cart, {.name = MutationName::set_quantity, .variant_id = {1}, .quantity = 1000000}, catalog).ok());
  CHECK(apply(cart, {.name = MutationName::add, .variant_id = {1}, .quantity = 1000000}, catalog).ok());
  CHECK(cart.lines[1].quantity == 1000000);
}

TEST_CASE("a mutation that can't work says why and leaves the cart as it was") {
  Cart cart = cart_of({{{1}, 1, true}});
  CHECK(apply(cart, {.name = MutationName::add, .variant_id = {99}}, catalog).error().code == ErrorCode::not_found);
  CHECK(apply(cart, {.name = MutationName::remove, .variant_id = {2}}, catalog).error().code == ErrorCode::not_found);
  CHECK(apply(cart, {.name = MutationName::select, .variant_id = {2}}, catalog).error().code == ErrorCode::not_found);
  REQUIRE(cart.lines.size() == 1);
  CHECK(cart.lines[0].quantity == 1);
}

TEST_CASE("a product that is gone can still be taken out of the cart") {
  Cart cart = cart_of({{{99}, 1, true}});
  CHECK(apply(cart, {.name = MutationName::remove, .variant_id = {99}}, catalog).ok());
  CHECK(cart.lines.empty());
}

TEST_CASE("a guest's cart joins behind the account's lines; quantities add up, capped") {
  Cart cart = cart_of({{{2}, 4, false}});
  CHECK(apply(cart, {.name = MutationName::merge, .lines = {{{1}, 2, true}, {{2}, 3, true}, {{99}, 1, true}}}, catalog)
            .ok());
  REQUIRE(cart.lines.size() == 2);
  CHECK(cart.lines[0].variant_id.value == 2);
  CHECK(cart.lines[0].quantity == 5);
  CHECK_FALSE(cart.lines[0].selected);
  CHECK(cart.lines[1].variant_id.value == 1);
}

TEST_CASE("a cart takes 500 lines and refuses the next one") {
  std::vector<Variant> many;
  for (std::int64_t id = 1; id <= 501; ++id) many.push_back({.id = {id}, .product_id = {1}});
  const Catalog large{many};
  Cart cart;
  for (std::int64_t id = 1; id <= 500; ++id) {
    REQUIRE(apply(cart, {.name = MutationName::add, .variant_id = {id}}, large).ok());
  }
  CHECK(apply(cart, {.name = MutationName::add, .variant_id = {501}}, large).error().code == ErrorCode::cart_full);
  CHECK(cart.lines.size() == 500);
}

TEST_CASE("the catalogue finds variants whatever their order") {
  const std::vector<Variant> mixed = {{.id = {9}}, {.id = {3}}, {.id = {7}}};
  const Catalog unsorted{mixed};
  CHECK(unsorted.find({3}) == &mixed[1]);
  CHECK(unsorted.find({9}) == &mixed[0]);
  CHECK(unsorted.find({4}) == nullptr);
}
