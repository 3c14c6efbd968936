#include "server/demo/catalog.h"

#include <algorithm>
#include <map>

#include "server/demo/catalog_fields.h"
#include "server/demo/resources.h"
#include "server/json.h"
#include "server/shop/html_policy.h"

namespace cartwright::demo {

namespace {

using shop::LocalText;

template <class T, class Key>
const T& find(const std::vector<T>& list, Key T::*key, const std::string& wanted) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const T& item) { return item.*key == wanted; });
  CARTWRIGHT_ASSERT(found != list.end());  // a test loads the catalogue
  return *found;
}

std::vector<LocalText> both(const std::string& ko, const std::string& en) {
  return {{"ko", ko}, {"en", en.empty() ? ko : en}};
}

class Builder {
 public:
  Builder(const CatalogFile& file, std::string_view currency) : file_(file), currency_(currency) {}

  DemoCatalog build() {
    for (const Product& product : file_.products) catalog_.products.push_back(record_of(product));
    for (auto& [name, picture] : pictures_) catalog_.pictures.push_back(std::move(picture));
    return std::move(catalog_);
  }

 private:
  shop::ProductRecord record_of(const Product& product) {
    const Category& category = find(file_.categories, &Category::key, product.category);
    shop::ProductRecord record{
        .handle = product.handle,
        .texts = {{"ko", product.name.ko, "<p>" + shop::escape_html(product.text.ko) + "</p>"},
                  {"en", product.name.en, "<p>" + shop::escape_html(product.text.en) + "</p>"}},
        .vendor = "Cartwright",
        .category = both(category.ko, category.en),
        .tags = product.tags,
        .active = product.active,
        .max_quantity = product.max_quantity,
    };
    if (product.colours.empty()) {
      record.images.push_back({picture(product, product.palette), both(product.name.ko, product.name.en)});
    }
    add_colours(product, record);
    add_choice(product, record);
    add_variants(product, record);
    return record;
  }

  void add_colours(const Product& product, shop::ProductRecord& record) {
    if (product.colours.empty()) return;
    shop::OptionRecord option{.name = both("색상", "Colour"), .values = {}};
    for (const std::string& palette : product.colours) {
      const Colour& colour = find(file_.colours, &Colour::palette, palette);
      option.values.push_back(both(colour.ko, colour.en));
      record.images.push_back({picture(product, palette), both(product.name.ko + ", " + colour.ko,
                                                               product.name.en + ", " + colour.en)});
    }
    record.options.push_back(std::move(option));
  }

  static void add_choice(const Product& product, shop::ProductRecord& record) {
    if (!product.choice) return;
    shop::OptionRecord option{.name = both(product.choice->ko, product.choice->en), .values = {}};
    for (const ChoiceValue& value : product.choice->values) option.values.push_back(both(value.ko, value.en));
    record.options.push_back(std::move(option));
  }

  void add_variants(const Product& product, shop::ProductRecord& record) const {
    const std::size_t colours = std::max<std::size_t>(product.colours.size(), 1);
    const std::size_t choices = product.choice ? product.choice->values.size() : 1;
    CARTWRIGHT_ASSERT(product.stock.size() == colours * choices);
    for (std::size_t i = 0; i < product.stock.size(); ++i) {
      const std::size_t colour = i / choices;
      const std::size_t choice = i % choices;
      const Amount add = product.choice ? product.choice->values[choice].add : 0;
      shop::VariantRecord variant{.sku = product.handle + "-" + std::to_string(i + 1),
                                  .price = from_won(product.price + add, currency_),
                                  .stock = product.stock[i]};
      if (product.compare_at) variant.compare_at = from_won(*product.compare_at + add, currency_);
      if (!product.colours.empty()) {
        variant.values.push_back(colour);
        variant.image_url = record.images[colour].url;
      }
      if (product.choice) variant.values.push_back(choice);
      record.variants.push_back(std::move(variant));
    }
  }

  // Its address.
  std::string picture(const Product& product, const std::string& palette) {
    DemoPicture drawn = draw(product.motif, find(file_.palettes, &Palette::key, palette),
                             find(file_.grounds, &Ground::key, product.ground));
    std::string url = "/media/" + drawn.name;
    pictures_.emplace(drawn.name, std::move(drawn));
    return url;
  }

  const CatalogFile& file_;
  std::string_view currency_;
  DemoCatalog catalog_;
  std::map<std::string, DemoPicture> pictures_;
};

}  // namespace

Amount from_won(Amount won, std::string_view currency) {
  std::int64_t for_thousand = 1000;
  if (currency == "JPY") {
    for_thousand = 100;
  } else if (currency == "VND") {
    for_thousand = 20000;
  } else if (currency != "KRW") {
    for_thousand = 1;
    for (int i = currency_exponent(currency).value(); i > 0; --i) for_thousand *= 10;
    if (for_thousand == 1) for_thousand = 1000;  // currencies without decimals have large figures
  }
  return won * for_thousand / 1000;
}

Result<DemoCatalog> load_catalog(std::string_view currency) {
  const auto file = json::decode<CatalogFile>(catalog_json());
  if (!file) return file.error();
  return Builder(*file, currency).build();
}

}  // namespace cartwright::demo
