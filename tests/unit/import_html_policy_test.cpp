// What passes of a description that comes from outside.
#include <doctest/doctest.h>

#include <string>

#include "server/shop/html_policy.h"

using cartwright::shop::clean_html;
using cartwright::shop::html_to_text;

TEST_CASE("allowed tags stay, their attributes go") {
  CHECK(clean_html("<p class=x style='a' onclick=b>One<br>two</p>") == "<p>One<br>two</p>");
  CHECK(clean_html("<ul><li>a<li><b>b</b></ul>") == "<ul><li>a</li><li><b>b</b></li></ul>");
  CHECK(clean_html("<h1>T</h1><h2>U</h2>") == "T<h2>U</h2>");
  CHECK(clean_html("<table><tr><td colspan=2>x</table>") == "<table><tbody><tr><td>x</td></tr></tbody></table>");
  CHECK(clean_html("<div><span>plain</span></div>") == "plain");
}

TEST_CASE("text is escaped anew") {
  CHECK(clean_html("Tea & cups") == "Tea &amp; cups");
  CHECK(clean_html("1 &lt; 2 \"q\"") == "1 &lt; 2 &quot;q&quot;");
  CHECK(clean_html("  차와 커피  ") == "차와 커피");
  CHECK(clean_html("&lt;script&gt;alert(1)&lt;/script&gt;") == "&lt;script&gt;alert(1)&lt;/script&gt;");
}

TEST_CASE("links lead to the web or to mail, or are no links") {
  CHECK(clean_html("<a href='https://example.com/?a=1&b=2' target=_blank>x</a>") ==
        "<a href=\"https://example.com/?a=1&amp;b=2\" rel=\"nofollow\">x</a>");
  CHECK(clean_html("<a href='mailto:a@example.com'>x</a>") ==
        "<a href=\"mailto:a@example.com\" rel=\"nofollow\">x</a>");
  for (const char* bad : {"javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
                          "data:text/html,x", "//example.com", "/admin", "vbscript:x", "&#106;avascript:alert(1)"}) {
    CAPTURE(bad);
    CHECK(clean_html("<a href=\"" + std::string(bad) + "\">x</a>") == "x");
  }
}

TEST_CASE("scripts and their kind go with all they hold") {
  for (const char* bad :
       {"<script>alert(1)</script>", "<style>p{}</style>", "<iframe src=x>y</iframe>", "<svg onload=alert(1)><p>x</svg>",
        "<math><mi>x</mi></math>", "<object data=x>y</object>", "<template><p>x</p></template>",
        "<img src=x onerror=alert(1)>", "<!-- c -->", "<textarea><b></textarea>", "<noscript><p title='</noscript>'>"
        "</noscript>"}) {
    CAPTURE(bad);
    const auto clean = clean_html(std::string("a") + bad);
    REQUIRE(clean);
    CHECK(clean->find("alert") == std::string::npos);
    CHECK(clean->substr(0, 1) == "a");
    CHECK(clean->find("<s") == std::string::npos);
    CHECK(clean->find("<i") == std::string::npos);
  }
}

TEST_CASE("deep nesting and too many tags are bounded") {
  std::string deep;
  for (int i = 0; i < 1900; ++i) deep += "<blockquote>";
  CHECK(clean_html(deep + "x").has_value());
  for (int i = 0; i < 200; ++i) deep += "<b>";
  CHECK_FALSE(clean_html(deep).has_value());
  CHECK_FALSE(clean_html(std::string(cartwright::shop::max_html_bytes + 1, 'x')).has_value());
}

TEST_CASE("the text of a description is one line") {
  CHECK(html_to_text("<p>One</p><p>two &amp; <b>three</b></p>", 100) == "One two & three");
  CHECK(html_to_text("<p>머그컵 하나</p>", 3) == "머그컵");
}
