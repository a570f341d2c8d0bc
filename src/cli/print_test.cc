#include "cli/print.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace nepho::cli {
namespace {

// What print() writes for a table of one cell in `format`.
std::string printed(const std::string& format, Terminal terminal = {}) {
  const int fd = ::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  Messages messages(fd, {}, Messages::Loudness::kQuiet);
  const Arguments arguments;
  const CommonOptions options{.format = format};
  Session session(arguments, options, std::make_unique<Output>(fd), terminal, messages,
                  Knowledge());
  report::Table table({{.title = "Name"}});
  table.add_row({"=a longer cell"});
  print(session, table);
  EXPECT_TRUE(session.out().finish().has_value());
  std::string text(1'000, '\0');
  text.resize(static_cast<std::size_t>(::pread(fd, text.data(), text.size(), 0)));
  ::close(fd);
  return text;
}

TEST(Print, WritesTheFormatAskedFor) {
  EXPECT_EQ(printed("csv"), "Name\r\n'=a longer cell\r\n");
  EXPECT_EQ(printed("markdown"), "| Name |\n| --- |\n| =a longer cell |\n");
  EXPECT_EQ(printed("table"), "Name\n──────────────\n=a longer cell\n");
}

TEST(Print, ATableFitsItsTerminal) {
  EXPECT_EQ(printed("table", {.table_width = 10}), "Name\n──────────\n=a longer\ncell\n");
}

}  // namespace
}  // namespace nepho::cli
