#include "server/shop/html_policy.h"

#include <gumbo.h>

#include <algorithm>
#include <array>
#include <memory>

namespace cartwright::shop {

namespace {

constexpr std::array kept_tags{
    GUMBO_TAG_P,     GUMBO_TAG_BR, GUMBO_TAG_UL,    GUMBO_TAG_OL,         GUMBO_TAG_LI, GUMBO_TAG_STRONG,
    GUMBO_TAG_EM,    GUMBO_TAG_B,  GUMBO_TAG_I,     GUMBO_TAG_U,          GUMBO_TAG_S,  GUMBO_TAG_SUB,
    GUMBO_TAG_SUP,   GUMBO_TAG_H2, GUMBO_TAG_H3,    GUMBO_TAG_H4,         GUMBO_TAG_HR, GUMBO_TAG_BLOCKQUOTE,
    GUMBO_TAG_CODE,  GUMBO_TAG_PRE, GUMBO_TAG_TABLE, GUMBO_TAG_THEAD,      GUMBO_TAG_TR, GUMBO_TAG_TBODY,
    GUMBO_TAG_TH,    GUMBO_TAG_TD, GUMBO_TAG_DL,    GUMBO_TAG_DT,         GUMBO_TAG_DD,
};

constexpr std::array dropped_tags{
    GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE,    GUMBO_TAG_IFRAME,   GUMBO_TAG_OBJECT,   GUMBO_TAG_EMBED,
    GUMBO_TAG_SVG,    GUMBO_TAG_MATH,     GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_TEXTAREA,
    GUMBO_TAG_SELECT, GUMBO_TAG_TITLE,    GUMBO_TAG_HEAD,     GUMBO_TAG_NOFRAMES, GUMBO_TAG_NOEMBED,
    GUMBO_TAG_XMP,    GUMBO_TAG_PLAINTEXT, GUMBO_TAG_FRAMESET, GUMBO_TAG_BUTTON,   GUMBO_TAG_OPTION,
    GUMBO_TAG_AUDIO,  GUMBO_TAG_VIDEO,    GUMBO_TAG_CANVAS,   GUMBO_TAG_APPLET,
};

template <std::size_t N>
bool is_one_of(const std::array<GumboTag, N>& tags, GumboTag tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

constexpr int max_depth = 64;  // what lies deeper is left out

struct OutputDeleter {
  void operator()(GumboOutput* output) const { gumbo_destroy_output(&kGumboDefaultOptions, output); }
};
using Tree = std::unique_ptr<GumboOutput, OutputDeleter>;

Tree parse_fragment(std::string_view html) {
  GumboOptions options = kGumboDefaultOptions;
  options.fragment_context = GUMBO_TAG_DIV;
  options.max_errors = 0;
  return Tree(gumbo_parse_with_options(&options, html.data(), html.size()));
}

bool starts_with_ignoring_case(std::string_view text, std::string_view lower_prefix) {
  if (text.size() < lower_prefix.size()) return false;
  return std::equal(lower_prefix.begin(), lower_prefix.end(), text.begin(),
                    [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
}

// The address when it leads somewhere harmless, else empty. Relative ones belonged to another site: they go too.
std::string_view allowed_href(const GumboElement& element) {
  const GumboAttribute* attribute = gumbo_get_attribute(&element.attributes, "href");
  if (attribute == nullptr) return {};
  const std::string_view href = attribute->value;
  const bool has_control =
      std::any_of(href.begin(), href.end(), [](char c) { return static_cast<unsigned char>(c) <= 0x20; });
  if (has_control) return {};
  for (const std::string_view scheme : {"http://", "https://", "mailto:"}) {
    if (starts_with_ignoring_case(href, scheme)) return href;
  }
  return {};
}

class Cleaner {
 public:
  std::string html;

  void add_children(const GumboVector& children, int depth) {
    if (depth > max_depth) return;
    for (unsigned i = 0; i < children.length; ++i) add(*static_cast<const GumboNode*>(children.data[i]), depth);
  }

 private:
  void add(const GumboNode& node, int depth) {
    switch (node.type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_WHITESPACE:
      case GUMBO_NODE_CDATA:
        html += escape_html(node.v.text.text);
        return;
      case GUMBO_NODE_ELEMENT:
        add_element(node.v.element, depth);
        return;
      case GUMBO_NODE_DOCUMENT:
      case GUMBO_NODE_COMMENT:
      case GUMBO_NODE_TEMPLATE:
        return;
    }
  }

  void add_element(const GumboElement& element, int depth) {
    if (element.tag_namespace != GUMBO_NAMESPACE_HTML || is_one_of(dropped_tags, element.tag)) return;
    if (element.tag == GUMBO_TAG_A) {
      add_link(element, depth);
      return;
    }
    if (!is_one_of(kept_tags, element.tag)) {
      add_children(element.children, depth + 1);
      return;
    }
    const char* const name = gumbo_normalized_tagname(element.tag);
    html.append("<").append(name).append(">");
    if (element.tag == GUMBO_TAG_BR || element.tag == GUMBO_TAG_HR) return;
    add_children(element.children, depth + 1);
    html.append("</").append(name).append(">");
  }

  void add_link(const GumboElement& element, int depth) {
    const std::string_view href = allowed_href(element);
    if (!href.empty()) html.append("<a href=\"").append(escape_html(href)).append("\" rel=\"nofollow\">");
    add_children(element.children, depth + 1);
    if (!href.empty()) html.append("</a>");
  }
};

std::string_view trimmed(std::string_view text) {
  const auto from = text.find_first_not_of(" \t\n\r");
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\n\r") - from + 1);
}

bool is_block(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_A: case GUMBO_TAG_B: case GUMBO_TAG_I: case GUMBO_TAG_EM: case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SPAN: case GUMBO_TAG_U: case GUMBO_TAG_S: case GUMBO_TAG_SUB: case GUMBO_TAG_SUP:
    case GUMBO_TAG_CODE: case GUMBO_TAG_FONT:
      return false;
    default:
      return true;
  }
}

void add_text(const GumboVector& children, int depth, std::string& text) {
  if (depth > max_depth) return;
  for (unsigned i = 0; i < children.length; ++i) {
    const auto& node = *static_cast<const GumboNode*>(children.data[i]);
    if (node.type == GUMBO_NODE_ELEMENT) {
      const GumboElement& element = node.v.element;
      if (element.tag_namespace != GUMBO_NAMESPACE_HTML || is_one_of(dropped_tags, element.tag)) continue;
      if (is_block(element.tag)) text += ' ';
      add_text(element.children, depth + 1, text);
      if (is_block(element.tag)) text += ' ';
    } else if (node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_WHITESPACE || node.type == GUMBO_NODE_CDATA) {
      text += node.v.text.text;
    }
  }
}

}  // namespace

bool is_within_html_limits(std::string_view html) {
  if (html.size() > max_html_bytes) return false;
  return static_cast<std::size_t>(std::count(html.begin(), html.end(), '<')) <= max_html_tags;
}

std::optional<std::string> clean_html(std::string_view html) {
  if (!is_within_html_limits(html)) return std::nullopt;
  if (html.find_first_of("<&") == std::string_view::npos) return escape_html(trimmed(html));
  const Tree tree = parse_fragment(html);
  Cleaner cleaner;
  cleaner.add_children(tree->root->v.element.children, 0);
  return std::string(trimmed(cleaner.html));
}

std::string html_to_text(std::string_view html, std::size_t max_characters) {
  if (!is_within_html_limits(html)) return {};
  const Tree tree = parse_fragment(html);
  std::string raw;
  add_text(tree->root->v.element.children, 0, raw);
  std::string text;
  std::size_t characters = 0;
  bool space = false;
  for (std::size_t i = 0; i < raw.size();) {
    if (raw[i] == ' ' || raw[i] == '\n' || raw[i] == '\t' || raw[i] == '\r') {
      space = !text.empty();
      ++i;
      continue;
    }
    if (characters + (space ? 1 : 0) >= max_characters) break;
    if (space) {
      text += ' ';
      ++characters;
      space = false;
    }
    do text += raw[i++];
    while (i < raw.size() && (static_cast<unsigned char>(raw[i]) & 0xC0) == 0x80);
    ++characters;
  }
  return text;
}

std::string escape_html(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\'': escaped += "&#39;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

}  // namespace cartwright::shop
