// Numbers of things in messages: "1 record", "4 records".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nepho {

// `count` and the word for so many: `one`, or `many`, which is `one` with an s where it is empty.
std::string counted(std::size_t count, std::string_view one, std::string_view many = {});

}  // namespace nepho
