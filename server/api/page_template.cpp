#include "server/api/page_template.h"

#include "server/shop/html_policy.h"

namespace cartwright::api {

namespace {

using shop::escape_html;

void replace_first(std::string& html, std::string_view what, std::string_view with) {
  const std::size_t at = html.find(what);
  if (at != std::string::npos) html.replace(at, what.size(), with);
}

void remove_element(std::string& html, std::string_view begin, std::string_view end) {
  const std::size_t from = html.find(begin);
  if (from == std::string::npos) return;
  const std::size_t to = html.find(end, from);
  if (to != std::string::npos) html.erase(from, to + end.size() - from);
}

std::string meta(std::string_view key, std::string_view name, std::string_view content) {
  if (content.empty()) return {};
  return "<meta " + std::string(key) + "=\"" + std::string(name) + "\" content=\"" + escape_html(content) + "\">\n";
}

std::string link(std::string_view attributes, const std::string& address) {
  return "<link " + std::string(attributes) + " href=\"" + escape_html(address) + "\">\n";
}

std::string in_english(const std::string& path) {
  return path + (path.find('?') == std::string::npos ? "?lang=en" : "&lang=en");
}

}  // namespace

PageTemplate::PageTemplate(std::string html) : html_(std::move(html)) {
  remove_element(html_, "<title>", "</title>");
  remove_element(html_, "<meta name=\"description\"", ">");
}

std::string PageTemplate::fill(wire::Language language, std::string_view head, std::string_view app) const {
  std::string html = html_;
  // From behind, so that nothing that was put in is looked at again.
  replace_first(html, "<!--app-->", app);
  replace_first(html, "<!--head-->", head);
  if (language == wire::Language::en) replace_first(html, "lang=\"ko\"", "lang=\"en\"");
  return html;
}

std::string script_safe_json(std::string_view json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    if (c == '<') {
      safe += "\\u003c";
    } else if (c == '>') {
      safe += "\\u003e";
    } else {
      safe += c;
    }
  }
  return safe;
}

std::string url_part(std::string_view text) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  static constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  std::string part;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain.find(c) != std::string_view::npos) {
      part += c;
    } else {
      part += '%';
      part += hex[byte >> 4U];
      part += hex[byte & 0x0fU];
    }
  }
  return part;
}

std::string safe_url(std::string_view url) {
  const bool is_path = url.starts_with('/') && !url.starts_with("//");
  return is_path || url.starts_with("https://") || url.starts_with("http://") ? std::string(url) : std::string();
}

std::string head_tags(const PageHead& head, std::string_view public_url) {
  const bool is_english = head.language == wire::Language::en;
  std::string tags = "<title>" + escape_html(head.title) + "</title>\n";
  tags += meta("name", "description", head.description);
  if (!head.is_indexed) tags += meta("name", "robots", "noindex");
  if (!public_url.empty() && head.is_indexed) {
    const std::string korean_address = std::string(public_url) + head.path;
    const std::string english_address = std::string(public_url) + in_english(head.path);
    // Without a language in it an address is its own, in whatever language its reader gets it.
    const std::string& address = is_english && head.is_addressed ? english_address : korean_address;
    tags += link("rel=\"canonical\"", address);
    tags += link("rel=\"alternate\" hreflang=\"ko\"", korean_address);
    tags += link("rel=\"alternate\" hreflang=\"en\"", english_address);
    tags += link("rel=\"alternate\" hreflang=\"x-default\"", korean_address);
    tags += meta("property", "og:url", address);
  }
  tags += meta("property", "og:title", head.title);
  tags += meta("property", "og:description", head.description);
  tags += meta("property", "og:type", head.type);
  tags += meta("property", "og:image", head.image.starts_with('/') ? std::string(public_url) + head.image : head.image);
  tags += meta("property", "og:site_name", head.shop_name);
  tags += meta("property", "og:locale", is_english ? "en_US" : "ko_KR");
  tags += meta("property", "og:locale:alternate", is_english ? "ko_KR" : "en_US");
  for (const std::string& data : head.structured_data) {
    // A block of data that nothing runs, so a CSP without unsafe-inline leaves it alone.
    tags += "<script type=\"application/ld+json\">" + script_safe_json(data) + "</script>\n";
  }
  return tags;
}

}  // namespace cartwright::api
