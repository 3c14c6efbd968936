// What the importer makes of Shopify's product CSV, and how it names each fault with its place.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "server/import/csv_reader.h"
#include "server/import/shopify_csv.h"
#include "server/import/shopify_row.h"

using namespace cartwright;
using import::read_shopify_csv;
using import::ShopifyCatalog;

namespace {

const std::string header =
    "Handle,Title,Body (HTML),Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,"
    "Variant SKU,Variant Inventory Qty,Variant Price,Variant Compare At Price,Image Src,Image Position,Variant Image\n";

ShopifyCatalog read(const std::string& rows, const std::string& currency = "USD") {
  return read_shopify_csv(header + rows, {.currency = currency});
}

ShopifyCatalog read_whole(const std::string& text, const std::string& currency = "USD") {
  return read_shopify_csv(text, {.currency = currency});
}

const std::string mug = "mug,Mug,<p>A mug</p>,Kitchen,\"clay, blue\",true,,,,,M-1,5,9.99,,https://example.com/m.jpg,1,\n";

std::string codes(const import::IssueList& issues) {
  std::string all;
  for (const auto& issue : issues.kept) all += (all.empty() ? "" : " ") + issue.code;
  return all;
}

}  // namespace

TEST_CASE("a row becomes a product with one variant, a category, tags and a picture") {
  const ShopifyCatalog catalog = read(mug);
  REQUIRE(catalog.faults.count == 0);
  REQUIRE(catalog.products.size() == 1);
  const auto& product = catalog.products[0];
  CHECK(product.handle == "mug");
  CHECK(product.texts.at(0).title == "Mug");
  CHECK(product.texts.at(0).description_html == "<p>A mug</p>");
  CHECK(product.category.at(0).text == "Kitchen");
  CHECK(product.tags == std::vector<std::string>{"clay", "blue"});
  CHECK(product.active);
  CHECK(product.options.empty());
  REQUIRE(product.variants.size() == 1);
  CHECK(product.variants[0].price == 999);
  CHECK(product.variants[0].stock == 5);
  CHECK(product.variants[0].sku == "M-1");
  CHECK(product.images.at(0).url == "https://example.com/m.jpg");
}

TEST_CASE("rows with the same handle add variants and pictures, in the order of their positions") {
  const ShopifyCatalog catalog = read(
      "tee,Tee,,,,true,Size,S,Colour,Red,,1,10,12,https://example.com/2.jpg,2,https://example.com/red.jpg\n"
      "tee,,,,,,,M,,Red,,2,10,,,,\n"
      "tee,,,,,,,,,,,,,,https://example.com/1.jpg,1,\n"
      "tee,,,,,,,S,,Blue,,3,11,,,,\n");
  CHECK(codes(catalog.faults) == "");
  REQUIRE(catalog.products.size() == 1);
  const auto& product = catalog.products[0];
  REQUIRE(product.options.size() == 2);
  CHECK(product.options[1].name[0].text == "Colour");
  CHECK(product.options[0].values.size() == 2);
  REQUIRE(product.variants.size() == 3);
  CHECK(product.variants[2].values == std::vector<std::size_t>{0, 1});
  CHECK(product.variants[0].compare_at == 1200);
  REQUIRE(product.images.size() == 3);
  CHECK(product.images[0].url == "https://example.com/1.jpg");
  CHECK(product.images[2].url == "https://example.com/red.jpg");
}

TEST_CASE("line ends, byte order mark, empty lines, quotes, commas and line breaks in cells are read as written") {
  const ShopifyCatalog catalog = read_whole(
      "\xEF\xBB\xBFHandle,Title,Variant Price\r\n\r\n\"a\",\"Say \"\"hi\"\",\r\nyou\",1\r\n\r\nb,B,2");
  CHECK(codes(catalog.faults) == "");
  REQUIRE(catalog.products.size() == 2);
  CHECK(catalog.products[0].texts[0].title == "Say \"hi\", you");
  CHECK_FALSE(catalog.products[1].variants[0].stock.has_value());
}

TEST_CASE("columns come in any order and in the names of newer exports") {
  const ShopifyCatalog catalog = read_whole(
      "Price,URL handle,Title,Description,Product category,Inventory quantity,Status,Product image URL,"
      "Option1 name,Option1 value,Option1 Linked To,SEO title,Charge tax\n"
      "3.50,pot,Pot,<b>x</b>,Home > Plants,4,Active,https://example.com/p.png,Size,S,,seo,FALSE\n");
  CHECK(codes(catalog.faults) == "");
  CHECK(codes(catalog.warnings) == "");
  REQUIRE(catalog.products.size() == 1);
  const auto& product = catalog.products[0];
  CHECK(product.category[0].text == "Plants");
  CHECK(product.variants[0].price == 350);
  CHECK(product.variants[0].stock == 4);
  CHECK(product.tax_class == "exempt");
}

TEST_CASE("an unpublished, drafted or gift card product is taken but not shown") {
  const ShopifyCatalog catalog = read_whole(
      "Handle,Title,Variant Price,Published,Status,Gift Card\n"
      "a,A,1,false,active,false\nb,B,1,true,draft,false\nc,C,1,true,active,true\nd,D,1,true,active,false\n");
  REQUIRE(catalog.products.size() == 4);
  CHECK_FALSE(catalog.products[0].active);
  CHECK_FALSE(catalog.products[1].active);
  CHECK_FALSE(catalog.products[2].active);
  CHECK(catalog.products[3].active);
  CHECK(codes(catalog.warnings) == "gift_card");
}

TEST_CASE("a fault is named with line, column, header and code") {
  const ShopifyCatalog catalog = read(mug + "cup,Cup,\"two\nlines\",,,true,,,,,,3,9.999,,,,\n");
  REQUIRE(catalog.faults.count == 1);
  const auto& fault = catalog.faults.kept[0];
  CHECK(fault.code == "too_many_decimals");
  CHECK(fault.line == 4);
  CHECK(fault.column == 22);
  CHECK(fault.header == "Variant Price");
  CHECK(fault.print("products.csv") ==
        "products.csv:4:22 Variant Price: too_many_decimals: \"9.999\" has more decimals than USD, which has 2");
}

TEST_CASE("columns count characters, not bytes") {
  const ShopifyCatalog catalog = read_whole("Handle,Title,Variant Price\na,머그컵,x\n");
  REQUIRE(catalog.faults.count == 1);
  CHECK(catalog.faults.kept[0].column == 7);
}

TEST_CASE("each thing that can be wrong in a row has its own code") {
  struct Case {
    const char* row;
    const char* code;
  };
  const Case cases[] = {
      {",Mug,,,,true,,,,,,1,5,,,,\n", "missing_handle"},
      {"a,,,,,true,,,,,,1,5,,,,\n", "missing_title"},
      {"a,A,,,,true,,,,,,1,,,,,\n", "bad_price"},
      {"a,A,,,,true,,,,,,1,-5,,,,\n", "bad_price"},
      {"a,A,,,,true,,,,,,1,\"1,000\",,,,\n", "bad_price"},
      {"a,A,,,,true,,,,,,1,$5,,,,\n", "bad_price"},
      {"a,A,,,,true,,,,,,1,1e3,,,,\n", "bad_price"},
      {"a,A,,,,true,,,,,,1,5.,,,,\n", "bad_price"},
      {"a,A,,,,true,,,,,,1,90071992547409.92,,,,\n", "price_out_of_range"},
      {"a,A,,,,true,,,,,,1,99999999999999999999999999999999999999999999999999,,,,\n", "price_out_of_range"},
      {"a,A,,,,true,,,,,,1,5,4.001,,,\n", "too_many_decimals"},
      {"a,A,,,,true,,,,,,-1,5,,,,\n", "bad_quantity"},
      {"a,A,,,,true,,,,,,1.5,5,,,,\n", "bad_quantity"},
      {"a,A,,,,true,,,,,,99999999999,5,,,,\n", "bad_quantity"},
      {"a,A,,,,maybe,,,,,,1,5,,,,\n", "bad_boolean"},
      {"a,A,,,,true,,,,,,1,5,,javascript:alert(1),,\n", "bad_url"},
      {"a,A,,,,true,,,,,,1,5,,https://example.com/a.jpg,first,\n", "bad_position"},
      {"a,A,,,,true,,,,,,1,5,,,,ftp://example.com/a.jpg\n", "bad_url"},
      {"a,A,,,,true,Size,,,,,1,5,,,,\n", "missing_option_value"},
      {"a,A,,,,true,,Small,,,,1,5,,,,\n", "missing_option_name"},
      {"a,A,,,,true,,,,,,1,5,,,,\na,,,,,,,,,,X,1,5,,,,\n", "duplicate_variant"},
      {"a,A,,,,true,,,,,,1,5,,,,\na,,,,,,,,,,,,,,,,\n", "empty_row"},
      {"a,A,,,,true,,,,,,1,5,,,,,,\n", "row_too_long"},
      {"a,A,,,,true,,,,,,1\n", "row_too_short"},
      {"a,\xC3\x28,,,,true,,,,,,1,5,,,,\n", "bad_utf8"},
      {"a,\xED\xA0\x80,,,,true,,,,,,1,5,,,,\n", "bad_utf8"},
      {"a,A\x01,,,,true,,,,,,1,5,,,,\n", "control_character"},
      {"a,A\"b,,,,true,,,,,,1,5,,,,\n", "bad_quote"},
      {"a,\"A\"b,,,,true,,,,,,1,5,,,,\n", "bad_quote"},
      {"a,\"A,,,,true,,,,,,1,5,,,,\n", "unterminated_quote"},
  };
  for (const Case& c : cases) {
    CAPTURE(c.row);
    CHECK(codes(read(c.row).faults) == c.code);
  }
}

TEST_CASE("texts, descriptions and cells that are too long are refused") {
  const std::string longer(256, 'x');
  CHECK(codes(read("a," + longer + ",,,,true,,,,,,1,5,,,,\n").faults) == "text_too_long");
  std::string tags;
  for (int i = 0; i < 2001; ++i) tags += "<b>";
  CHECK(codes(read("a,A," + tags + ",,,true,,,,,,1,5,,,,\n").faults) == "html_too_complex");
  CHECK(codes(read("a,A," + std::string(csv::max_field_bytes + 1, 'x') + ",,,true,,,,,,1,5,,,,\n").faults) ==
        "field_too_long");
}

TEST_CASE("a file without its header, or with a broken one, is not readable at all") {
  CHECK(codes(read_whole("").faults) == "empty_file");
  CHECK(codes(read_whole("Title,Variant Price\na,1\n").faults) == "missing_column");
  CHECK(codes(read_whole("Handle,Handle,Title,Variant Price\n").faults) == "duplicate_column");
  CHECK_FALSE(read_whole("Handle,Title\na,A\n").readable);
  CHECK_FALSE(read_whole("\"Handle,Title").readable);
}

TEST_CASE("an unknown column is only a warning") {
  const ShopifyCatalog catalog = read_whole("Handle,Title,Variant Price,Colour of the sky\na,A,1,blue\n");
  CHECK(codes(catalog.faults) == "");
  CHECK(codes(catalog.warnings) == "unknown_column");
  CHECK(catalog.warnings.kept[0].column == 28);
  CHECK(catalog.products.size() == 1);
}

TEST_CASE("an SKU that comes twice is only a warning: Shopify allows it") {
  const ShopifyCatalog catalog = read("a,A,,,,true,,,,,X,1,5,,,,\nb,B,,,,true,,,,,X,1,5,,,,\n");
  CHECK(codes(catalog.faults) == "");
  CHECK(codes(catalog.warnings) == "duplicate_sku");
  CHECK(catalog.products.size() == 2);
}

TEST_CASE("a price may not have more decimals than its currency, zeros aside") {
  CHECK(import::parse_price("25.00", 0).amount == 25);
  CHECK(import::parse_price("9.99", 0).fault == "too_many_decimals");
  CHECK(import::parse_price("9.9", 2).amount == 990);
  CHECK(import::parse_price("9", 2).amount == 900);
  CHECK(import::parse_price("1.234", 3).amount == 1234);
  CHECK(import::parse_price("1.2345", 3).fault == "too_many_decimals");
  CHECK(import::parse_price("90071992547409.91", 2).amount == max_amount);
  CHECK(import::parse_price("9007199254740991", 0).amount == max_amount);
  CHECK(import::parse_price("9007199254740992", 0).fault == "price_out_of_range");
}

TEST_CASE("all faults of a file are gathered, but only so many are kept") {
  std::string rows;
  for (int i = 0; i < 300; ++i) rows += "p" + std::to_string(i) + ",P,,,,true,,,,,,x,y,,,,\n";
  const ShopifyCatalog catalog = read(rows);
  CHECK(catalog.faults.count == 600);
  CHECK(catalog.faults.kept.size() == import::max_reported);
  CHECK(catalog.products.empty());
  CHECK(catalog.products_skipped == 300);
}

TEST_CASE("what is faulty is left out of the records: a variant alone, or the product with its other rows") {
  const ShopifyCatalog catalog = read(
      "a,A,,,,true,Size,S,,,,1,5,,,,\na,,,,,,,M,,,,1,oops,,,,\na,,,,,,,L,,,,1,7,,,,\n"
      "b,,,,,true,Size,S,,,,1,5,,,,\nb,,,,,,,M,,,,1,6,,,,\n"
      "c,C,,,,true,,,,,,1,5,,,,\n");
  CHECK(codes(catalog.faults) == "bad_price missing_title");
  REQUIRE(catalog.products.size() == 2);
  CHECK(catalog.products[0].variants.size() == 2);
  CHECK(catalog.products[0].options[0].values.size() == 2);
  CHECK(catalog.products[1].handle == "c");
  CHECK(catalog.products_skipped == 1);
  CHECK(catalog.variants_skipped == 3);
}
