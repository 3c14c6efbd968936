// The built web app's index.html, made ready to be filled: `<!--head-->` takes head tags, `<!--app-->` what is read without
// script, `lang="ko"` the page's language. The page's own title and description take the place of the template's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/wire.h"

namespace cartwright::api {

class PageTemplate {
 public:
  // A marker that isn't there takes nothing.
  explicit PageTemplate(std::string html);

  // Both parts are HTML and go in as they are.
  std::string fill(wire::Language language, std::string_view head, std::string_view app) const;

 private:
  std::string html_;
};

// What a page says of itself in its head.
struct PageHead {
  wire::Language language = wire::Language::ko;
  bool is_addressed = false;  // the language stands in the address
  std::string title = {};
  std::string description = {};
  std::string path = {};  // canonical, without the language: "/products/mug"
  std::string image = {};
  std::string type = "website";                   // Open Graph's
  std::vector<std::string> structured_data = {};  // JSON-LD, a block each
  std::string shop_name = {};
  bool is_indexed = true;
};

// `public_url`: the shop's address ("https://shop.example.com"). Without it there are no canonical and alternate addresses:
// search engines take none that are relative.
std::string head_tags(const PageHead& head, std::string_view public_url);

// JSON that may stand in a <script> element: no "<" in it that could end the element.
std::string script_safe_json(std::string_view json);

// A picture's or page's address as it may stand in href and src: paths and http(s) only, else empty.
std::string safe_url(std::string_view url);

// A handle or slug as one part of an address, percent-encoded.
std::string url_part(std::string_view text);

}  // namespace cartwright::api
