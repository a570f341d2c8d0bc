// Telling options, their values and other words of a command line apart. The only code that sees
// CLI11, whose header is heavy: it stays in word_splitter.cc.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "cli/arguments.h"
#include "cli/command.h"

namespace nepho::cli {

// Declare, split once, take what was found. What a value may be is not looked at here, only that
// there is one: that and the order of words are CLI11's part ("-qo FILE", "--jobs=3").
class WordSplitter {
 public:
  // `command` is for messages; it and all names declared must outlive this.
  explicit WordSplitter(std::string_view command);
  WordSplitter(const WordSplitter&) = delete;
  WordSplitter& operator=(const WordSplitter&) = delete;
  ~WordSplitter();

  void declare(const Option& option);
  // Everything from the first word that is no declared option is left to rest().
  void stop_at_first_word();

  // Fails with kMissingValue for an option at the end without its value.
  Result<void> split(std::span<const std::string> words);

  // The words that are no declared option or a value of one, "--" among them, in order.
  const std::vector<std::string>& rest() const;
  // The long names declared, for "did you mean".
  const std::vector<std::string_view>& known() const;
  // Adds the values found; a flag that was given has the value "yes".
  void hand_to(Arguments& arguments) const;

 private:
  struct Parser;
  std::unique_ptr<Parser> parser_;
};

}  // namespace nepho::cli
