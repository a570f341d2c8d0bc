#include "report/markup_outline.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/files.h"

namespace nepho::report {
namespace {

constexpr std::array<std::string_view, 3> kLone{"meta", "input", "br"};
constexpr std::array<std::string_view, 5> kEntities{"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

class Reader {
 public:
  explicit Reader(std::string_view rest) : rest_(rest) {}

  Outline read() {
    while (!rest_.empty() && outline_.fault.empty()) {
      const std::size_t tag = std::min(rest_.find('<'), rest_.size());
      read_text(rest_.substr(0, tag));
      rest_.remove_prefix(tag);
      if (!rest_.empty()) read_tag();
    }
    if (!open_.empty()) fault("not closed: " + open_.back());
    return std::move(outline_);
  }

 private:
  void fault(std::string what) {
    if (outline_.fault.empty())
      outline_.fault = what + " before " + std::string(rest_.substr(0, 60));
  }

  void read_text(std::string_view text) {
    for (std::size_t at = text.find('&'); at < text.size(); at = text.find('&', at + 1)) {
      const bool known = std::ranges::any_of(
          kEntities, [&](std::string_view entity) { return text.substr(at).starts_with(entity); });
      if (!known) fault("a bare '&'");
    }
    if (text.find('>') != std::string_view::npos && open_.back() != "style") fault("a bare '>'");
  }

  std::string take_name() {
    const auto end = std::ranges::find_if_not(rest_, is_name);
    const std::string name(rest_.begin(), end);
    rest_.remove_prefix(name.size());
    return name;
  }

  bool take(std::string_view text) {
    if (!rest_.starts_with(text)) return false;
    rest_.remove_prefix(text.size());
    return true;
  }

  void read_tag() {
    if (take("<!doctype html>")) return;
    if (take("</")) {
      const std::string name = take_name();
      if (open_.empty() || open_.back() != name || !take(">"))
        return fault("not in order: " + name);
      open_.pop_back();
      return;
    }
    take("<");
    const std::string name = take_name();
    if (name.empty()) return fault("a bare '<'");
    std::string element = name;
    while (take(" ")) element += ' ' + take_attribute();
    const bool closes_itself = take("/");
    if (!take(">")) return fault("a broken tag: " + element);
    ++outline_.elements[element];
    if (closes_itself || std::ranges::find(kLone, name) != kLone.end()) return;
    open_.push_back(name);
    if (name == "style") rest_.remove_prefix(std::min(rest_.find("</style>"), rest_.size()));
  }

  std::string take_attribute() {
    const std::string name = take_name();
    if (name.empty()) fault("an attribute without a name");
    if (!take("=")) return name;
    if (!take("\"")) fault("an attribute without quotes: " + name);
    const std::size_t end = std::min(rest_.find('"'), rest_.size());
    if (rest_.substr(0, end).find('<') != std::string_view::npos) fault("'<' in " + name);
    rest_.remove_prefix(end);
    if (!take("\"")) fault("an attribute without end: " + name);
    return name;
  }

  std::string_view rest_;
  std::vector<std::string> open_;
  Outline outline_;
};

// The folder of shared data, or an empty path.
std::filesystem::path shared_folder() {
  const char* chosen = std::getenv("NEPHO_SHARED");
  const std::filesystem::path folder =
      chosen != nullptr ? std::filesystem::path(chosen)
                        : std::filesystem::path(NEPHO_SOURCE_DIR).parent_path() / "shared";
  return std::filesystem::is_directory(folder) ? folder : std::filesystem::path();
}

}  // namespace

std::size_t Outline::num_unlike(const Outline& other,
                                std::initializer_list<std::string_view> but_for) const {
  std::map<std::string, std::ptrdiff_t> difference;
  for (const auto& [element, number] : elements) {
    difference[element] += static_cast<std::ptrdiff_t>(number);
  }
  for (const auto& [element, number] : other.elements) {
    difference[element] -= static_cast<std::ptrdiff_t>(number);
  }
  std::size_t unlike = 0;
  for (const auto& [element, number] : difference) {
    const std::string_view name = std::string_view(element).substr(0, element.find(' '));
    if (std::ranges::find(but_for, name) != but_for.end()) continue;
    unlike += static_cast<std::size_t>(std::abs(number));
  }
  return unlike;
}

Outline outline(std::string_view markup) { return Reader(markup).read(); }

std::vector<std::string> hostile_texts() {
  std::vector<std::string> texts{"<script>alert(1)</script>",
                                 "</title><svg onload=alert(1)>",
                                 "\" onmouseover=\"alert(1)",
                                 "' onfocus='alert(1)' autofocus='",
                                 "</style><img src=x onerror=alert(1)>",
                                 "]]><x>",
                                 "<!--",
                                 "-->",
                                 "&lt;b&gt;&#x3c;b&#x3e;",
                                 "a\0b\x01\x7f\xff<b>",
                                 "</text></svg>",
                                 "\xE2\x80\xAE<b>",
                                 "{{7*7}}",
                                 "javascript:alert(1)"};
  const auto folder = shared_folder() / "data/corpora/xss-payloads";
  if (shared_folder().empty() || !std::filesystem::exists(folder)) return texts;
  for (const std::string& path : find_files({folder.string()}).paths) {
    const auto content = read_file(path, std::size_t{4} << 20U);
    if (!content || path.ends_with("LICENSE")) continue;
    std::string_view rest = *content;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size() - 1);
      texts.emplace_back(rest.substr(0, end));
      rest.remove_prefix(end + 1);
    }
  }
  return texts;
}

namespace {

TEST(MarkupOutline, CountsElementsByTheNamesOfTheirAttributes) {
  const Outline page = outline("<p class=\"a\">x &amp; y<br></p><p class=\"b\">z</p>");
  EXPECT_EQ(page.fault, "");
  EXPECT_EQ(page.elements.at("p class"), 2U);
  EXPECT_EQ(page.elements.at("br"), 1U);
}

TEST(MarkupOutline, FindsWhatEscapingForgot) {
  for (const char* bad : {"<p>a < b</p>", "<p>a & b</p>", "<p><b></p></b>", "<p", "<p class=a></p>",
                          "<p>", "</p>", "<a title=\"<b>\"></a>"}) {
    EXPECT_NE(outline(bad).fault, "") << bad;
  }
}

TEST(MarkupOutline, TellsPagesOfOtherElementsApart) {
  const Outline one = outline("<p><b>x</b></p>");
  EXPECT_EQ(one.num_unlike(outline("<p><i>x</i></p>"), {}), 2U);
  EXPECT_EQ(one.num_unlike(outline("<p><i>x</i></p>"), {"i", "b"}), 0U);
}

TEST(MarkupOutline, HasThePayloadsOfTheSharedCorpus) {
  if (shared_folder().empty()) GTEST_SKIP() << "no shared data beside the checkout";
  EXPECT_GT(hostile_texts().size(), 6000U);
}

}  // namespace
}  // namespace nepho::report
