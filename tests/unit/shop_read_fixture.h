// A shop in a real database of its own, with a clock that tests turn, and requests without a network.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/popularity.h"
#include "server/api/call.h"
#include "server/shop/cache.h"
#include "server/shop/sign_ins.h"
#include "server/shop/snapshot.h"
#include "server/store/search.h"
#include "tests/unit/store_fixture.h"

namespace cartwright::shop {

struct TestVariant {
  std::int64_t id = 0;
  Amount price = 0;
  std::int64_t stock = 0;
  bool active = true;
  std::string combination = {};
};

struct TestProduct {
  std::int64_t id = 0;
  std::string handle = {};
  std::string ko = {};
  std::string en = {};
  std::vector<std::int64_t> categories = {};
  std::vector<TestVariant> variants = {};
  std::string description = {};
  std::string image = {};
};

class TestShop {
 public:
  TestShop() {
    database_.writer->on_commit([this](const store::Commit& commit) {
      cache.on_commit(commit);
      sign_ins.sessions.on_commit(commit);
    });
    write([&](store::Transaction& tx) {
      tx.execute("INSERT INTO shop (id, name, currency, created_at) VALUES (1, 'Test shop', 'KRW', 1)");
      tx.execute("INSERT INTO tax_rates (tax_class, basis_points) VALUES ('standard', 1000)");
      begin_epoch(tx);
    });
    services.cache = &cache;
    services.sign_ins = &sign_ins;
  }

  template <class Use>
  void write(Use use) {
    store::write(database_, use);
  }

  void add_category(std::int64_t id, std::optional<std::int64_t> parent, std::string_view slug) {
    write([&](store::Transaction& tx) {
      tx.execute("INSERT INTO categories (id, parent_id, slug, names, position) VALUES ($1, $2, $3, $4, $1)", id,
                 parent, slug, "{\"ko\":\"분류\",\"en\":\"Category\"}");
      tx.touch(Topic::catalogue);
    });
  }

  void add(const TestProduct& product) {
    write([&](store::Transaction& tx) {
      Amount lowest = max_amount;
      for (const auto& variant : product.variants) lowest = std::min(lowest, variant.price);
      tx.execute("INSERT INTO products (id, handle, base_price, created_at, updated_at) VALUES ($1, $2, $3, 1, 1)",
                 product.id, product.handle, lowest);
      const auto add_text = [&](std::string_view language, std::string_view name) {
        if (name.empty()) return;
        tx.execute("INSERT INTO product_texts (product_id, language, name, description_html) VALUES ($1, $2, $3, $4)",
                   product.id, language, name, product.description);
      };
      add_text("ko", product.ko);
      add_text("en", product.en);
      if (!product.image.empty()) {
        tx.execute("INSERT INTO product_images (product_id, position, url) VALUES ($1, 1, $2)", product.id,
                   product.image);
      }
      for (const std::int64_t category : product.categories) {
        tx.execute("INSERT INTO product_categories (product_id, category_id) VALUES ($1, $2)", product.id, category);
      }
      for (const auto& variant : product.variants) {
        tx.execute("INSERT INTO product_variants (id, product_id, combination, price, stock, active)"
                   " VALUES ($1, $2, $3, $4, $5, $6)",
                   variant.id, product.id, variant.combination, variant.price, variant.stock, variant.active);
        if (variant.stock > 0) {
          tx.execute("INSERT INTO stock_movements (variant_id, delta, reason, created_at) VALUES ($1, $2, 'RECEIVED', 1)",
                     variant.id, variant.stock);
        }
        note_change(tx, "variant", variant.id);
      }
      store::index_product(tx, ProductId{product.id}, product.ko + " " + product.en);
      tx.touch(Topic::catalogue);
    });
  }

  static void note_change(store::Transaction& tx, std::string_view kind, std::int64_t id) {
    tx.execute("DELETE FROM changes WHERE kind = $1 AND entity_id = $2", kind, id);
    tx.execute("INSERT INTO changes (kind, entity_id, created_at) VALUES ($1, $2, 1)", kind, id);
  }

  void sell(std::int64_t variant, std::int64_t units) {
    write([&](store::Transaction& tx) {
      tx.execute("UPDATE product_variants SET stock = stock - $2 WHERE id = $1", variant, units);
      tx.execute("INSERT INTO stock_movements (variant_id, delta, reason, created_at) VALUES ($1, -$2, 'ADJUSTED', 1)",
                 variant, units);
      tx.touch(Topic::stock, variant);
    });
  }

  void count_sale(std::int64_t product, std::int64_t hour, std::int64_t units, std::int64_t last_sale_ms) {
    write([&](store::Transaction& tx) {
      tx.execute("INSERT INTO sales_buckets (hour, product_id, units, last_sale_at) VALUES ($1, $2, $3, $4)", hour,
                 product, units, last_sale_ms);
      tx.touch(Topic::popular);
    });
  }

  Cache cache;
  SignIns sign_ins;
  TimeMs now{1'700'000'000'000};

 private:
  store::TemporaryDirectory directory_;
  store::Database database_ = store::open_sqlite({.path = directory_.file("shop.db")});

 public:
  store::Readers& readers() { return *database_.readers; }
  Services services{.writer = *database_.writer, .readers = *database_.readers, .now = [this] { return now; },
                    .settings = {}};
};

// A request and the call around it; the texts live as long as it does.
class TestCall {
 public:
  explicit TestCall(TestShop& shop, std::string path = "/") : shop_(shop) {
    request_.path = std::move(path);
    request_.remote_address = "192.0.2.1";
  }
  TestCall& query(std::string name, std::string value) {
    request_.query.push_back({std::move(name), std::move(value)});
    return *this;
  }
  TestCall& param(std::string name, std::string value) {
    request_.path_params.push_back({std::move(name), std::move(value)});
    return *this;
  }
  TestCall& header(const std::string& name, const std::string& value) {
    headers_[name] = value;
    request_.headers.clear();
    for (const auto& [key, text] : headers_) request_.headers.push_back({key, text});
    return *this;
  }
  TestCall& body(std::string text) {
    body_ = std::move(text);
    request_.body = body_;
    return header("Content-Type", "application/json");
  }
  TestCall& secure() {
    request_.is_secure = true;
    return *this;
  }
  TestCall& as(UserId user) {
    caller_ = api::Caller{.user = user};
    return *this;
  }
  const http::Request& request() const { return request_; }

  template <class Handler>
  http::Response operator()(Handler handler) const {
    return handler(api::Call{.request = request_, .shop = shop_.services, .caller = caller_, .now = shop_.now});
  }

 private:
  TestShop& shop_;
  http::Request request_;
  std::map<std::string, std::string> headers_;
  std::string body_;
  std::optional<api::Caller> caller_;
};

inline std::string header_of(const http::Response& response, std::string_view name) {
  const std::string* value = response.find_header(name);
  return value == nullptr ? std::string() : *value;
}

}  // namespace cartwright::shop
