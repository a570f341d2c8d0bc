// Completion scripts for shells, made from the command table: a new command or option is completed
// without a line of its own here.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace nepho::cli {

// Each is a whole script, to be sourced or laid into the shell's folder of completions. Offered
// are: commands, a group's commands, options with their choices; files and folders where a value or
// an argument is one.
std::string bash_completion();
std::string zsh_completion();
std::string fish_completion();

// `text` as one word of any of the three shells: in single quotes.
std::string in_quotes(std::string_view text);
// "json csv html".
std::string join_names(const std::vector<std::string_view>& names);

}  // namespace nepho::cli
