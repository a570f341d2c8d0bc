#include "cli/help.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "cli/commands.h"
#include "cli/version.h"

namespace nepho::cli {
namespace {

constexpr int kWidestText = 100;  // longer lines are hard to read
constexpr int kWidestLabel = 26;  // a longer label stands on a line of its own
constexpr int kIndent = 2;

// Lays words and entries out in columns. All texts are ours and ASCII: a byte is a column.
class Page {
 public:
  explicit Page(const Terminal& terminal)
      : width_(std::min(terminal.width, kWidestText)), has_color_(terminal.has_color) {}

  void heading(std::string_view text) {
    text_ += has_color_ ? fmt::format("\n\x1b[1m{}\x1b[0m\n", text) : fmt::format("\n{}\n", text);
  }
  void line(std::string_view text) { text_ += fmt::format("{}\n", text); }

  // `text` wrapped between `indent` and the right edge. A line end in it is a blank, two are a new
  // paragraph, so that a command file may break its text where it likes.
  void paragraph(std::string_view text, int indent = 0) {
    while (true) {
      const std::size_t end = text.find("\n\n");
      fill(text.substr(0, end), indent, indent);
      if (end == std::string_view::npos) return;
      text_ += '\n';
      text.remove_prefix(end + 2);
    }
  }

  // A label, and its text in a column of its own.
  void entry(std::string_view label, std::string_view text, int label_width) {
    const auto width = static_cast<int>(label.size());
    const int column = kIndent + label_width + 2;
    text_ += fmt::format("{:{}}{}", "", kIndent, label);
    if (width > label_width) {
      text_ += '\n';
      fill(text, column, column);
    } else {
      text_.append(static_cast<std::size_t>(label_width + 2 - width), ' ');
      fill(text, 0, column);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  // Words up to the right edge; the first line is `first` columns in, the others `indent`. When
  // `first` is 0 the line has been begun already, up to column `indent`.
  void fill(std::string_view text, int first, int indent) {
    std::string line(static_cast<std::size_t>(first), ' ');
    int column = first == 0 ? indent : first;
    bool is_begun = false;
    const auto next_line = [&] {
      text_ += line + "\n";
      line.assign(static_cast<std::size_t>(indent), ' ');
      column = indent;
      is_begun = false;
    };
    while (!text.empty()) {
      const std::size_t end = std::min(text.find_first_of(" \n"), text.size());
      const std::string_view word = text.substr(0, end);
      if (is_begun && column + 1 + static_cast<int>(word.size()) > width_) next_line();
      if (is_begun) line += ' ';
      line += word;
      column += static_cast<int>(word.size()) + (is_begun ? 1 : 0);
      is_begun = true;
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    next_line();
  }

  std::string text_;
  int width_;
  bool has_color_;
};

// Labels with their texts; all labels of one list share a column.
using Entries = std::vector<std::pair<std::string, std::string>>;

// The column is as wide as the widest label that is not too wide itself.
void print_entries(Page& page, const Entries& entries) {
  int label_width = 0;
  for (const auto& [label, text] : entries) {
    const auto width = static_cast<int>(label.size());
    if (width <= kWidestLabel) label_width = std::max(label_width, width);
  }
  for (const auto& [label, text] : entries) page.entry(label, text, label_width);
}

Entries option_entries(const std::vector<Option>& options, const Command& command) {
  Entries entries;
  for (const auto& option : options) {
    if (option.name == "--format" && command.formats.empty()) continue;
    entries.emplace_back(option_label(option), option_help(option, command));
  }
  return entries;
}

void print_examples(Page& page, const std::vector<Example>& examples) {
  if (examples.empty()) return;
  page.heading("Examples");
  for (const auto& example : examples) {
    page.paragraph(fmt::format("# {}", example.does), kIndent);
    page.line(fmt::format("{:{}}{}", "", kIndent, example.line));
  }
}

// "LOGS...", "[TECHNIQUE]".
std::string positional_label(const Positional& positional) {
  std::string label(positional.name);
  if (positional.max_count > 1) label += "...";
  return positional.min_count == 0 ? fmt::format("[{}]", label) : label;
}

}  // namespace

std::string version_text() { return fmt::format("nepho {}\n", program_version()); }

std::string option_label(const Option& option) {
  std::string label;
  if (!option.short_name.empty()) label = fmt::format("{}, ", option.short_name);
  label += option.name;
  if (!option.value_name.empty()) label += fmt::format(" {}", option.value_name);
  return label;
}

std::string option_help(const Option& option, const Command& command) {
  std::string help(option.help);
  const auto& choices = option.name == "--format" ? command.formats : option.choices;
  // Some texts name the choices by themselves ("auto, always or never").
  const bool names_them = option.name != "--format" &&
                          help.find(choices.empty() ? "" : choices.front()) != std::string::npos;
  if (!choices.empty() && !names_them) help += fmt::format(": {}", fmt::join(choices, ", "));
  if (option.repeatable) help += " (may be repeated)";
  return help;
}

std::string usage_line(const Command& command) {
  std::string line = fmt::format("nepho {} [OPTIONS]", command.name);
  for (const auto& positional : command.positionals) line += " " + positional_label(positional);
  return line;
}

std::string overview_text(const Terminal& terminal) {
  Page page(terminal);
  page.paragraph(
      "Nephometer measures how much of ATT&CK for cloud your detections cover: on paper, in "
      "telemetry, and by proof.");
  page.heading("Usage");
  page.line("  nepho COMMAND [OPTIONS] [ARGUMENTS]");
  page.heading("First steps");
  print_entries(page, {{"nepho detect LOGS", "run the built-in rules on CloudTrail logs"},
                       {"nepho init my-company", "make a workspace for rules of your own"},
                       {"nepho coverage", "in it: what the rules cover, and what is proven"}});
  page.heading("Commands");
  Entries entries;
  std::string_view group_before;
  for (const auto& command : all_commands()) {
    const auto& groups = command_groups();
    const auto group = std::ranges::find(groups, command.name.substr(0, command.name.find(' ')),
                                         &CommandGroup::name);
    if (group == groups.end()) {
      entries.emplace_back(command.name, command.summary);
    } else if (group->name != std::exchange(group_before, group->name)) {
      entries.emplace_back(group->name, group->summary);
    }
  }
  print_entries(page, entries);
  page.heading("More");
  page.paragraph(
      "'nepho COMMAND --help' explains a command and shows examples; 'nepho man' prints "
      "all of it as a manual page.",
      kIndent);
  return page.take();
}

std::string group_help_text(std::string_view group, const Terminal& terminal) {
  Page page(terminal);
  page.line(fmt::format("nepho {} COMMAND [OPTIONS]", group));
  const auto found = std::ranges::find(command_groups(), group, &CommandGroup::name);
  if (found != command_groups().end()) {
    page.line("");
    page.paragraph(found->summary);
  }
  page.heading("Commands");
  Entries entries;
  for (const Command* command : commands_of_group(group)) {
    entries.emplace_back(command->name, command->summary);
  }
  print_entries(page, entries);
  return page.take();
}

std::string command_help_text(const Command& command, const Terminal& terminal) {
  Page page(terminal);
  page.line(usage_line(command));
  page.line("");
  page.paragraph(command.summary);
  if (!command.description.empty()) {
    page.line("");
    page.paragraph(command.description);
  }
  if (!command.positionals.empty()) page.heading("Arguments");
  Entries arguments;
  for (const auto& positional : command.positionals) {
    arguments.emplace_back(positional_label(positional), positional.help);
  }
  print_entries(page, arguments);
  print_examples(page, command.examples);
  if (!command.options.empty()) page.heading("Options");
  print_entries(page, option_entries(command.options, command));
  page.heading("Options of every command");
  print_entries(page, option_entries(common_options(), command));
  return page.take();
}

}  // namespace nepho::cli
