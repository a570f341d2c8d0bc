#include "base/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <random>

#include "base/compression.h"

namespace nepho {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Archives : public testing::Test {
 protected:
  Archives() { std::filesystem::create_directories(folder_); }
  ~Archives() override { std::filesystem::remove_all(folder_); }

  std::string path(std::string_view name) const { return (folder_ / name).string(); }

  // An archive with these members, in order; `form` is one of libarchive's names.
  std::string make(const std::string& name, const std::string& form,
                   const std::vector<std::pair<std::string, std::string>>& members) {
    struct archive* const out = ::archive_write_new();
    ::archive_write_set_format_by_name(out, form.c_str());
    EXPECT_EQ(::archive_write_open_filename(out, path(name).c_str()), ARCHIVE_OK);
    for (const auto& [member, content] : members) {
      archive_entry* const entry = ::archive_entry_new();
      ::archive_entry_set_pathname(entry, member.c_str());
      ::archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
      ::archive_entry_set_filetype(entry, member.ends_with('/') ? AE_IFDIR : AE_IFREG);
      ::archive_entry_set_perm(entry, 0644);
      EXPECT_EQ(::archive_write_header(out, entry), ARCHIVE_OK);
      ::archive_write_data(out, content.data(), content.size());
      ::archive_entry_free(entry);
    }
    ::archive_write_close(out);
    ::archive_write_free(out);
    return path(name);
  }

  std::vector<std::string> expand(const std::string& file) {
    FoundFiles found;
    found.paths = {file};
    expand_archives(found, limits_);
    errors_.clear();
    for (const auto& problem : found.report.problems())
      errors_.emplace_back(problem.error.code.name());
    for (auto& each : found.paths) {
      if (each.starts_with(file)) each.erase(0, file.size());
    }
    return found.paths;
  }

  static std::string content(FileOpener& opener, const std::string& file) {
    auto source = opener.open(file);
    if (!source) return std::string(source.error().code.name());
    std::string all;
    std::array<char, 100> chunk{};
    while (true) {
      const auto got = (*source)->read(chunk.data(), chunk.size());
      if (!got) return std::string(got.error().code.name());
      if (*got == 0) return all;
      all.append(chunk.data(), *got);
    }
  }

  std::filesystem::path folder_ = std::filesystem::temp_directory_path() /
                                  ("nepho-archive-" + std::to_string(std::random_device{}()));
  Limits limits_;
  std::vector<std::string> errors_;
};

TEST_F(Archives, AreListedInTheirOrderWithoutFolders) {
  for (const std::string form : {"zip", "ustar", "gnutar", "pax"}) {
    const auto file = make("a." + form, form, {{"b/", ""}, {"b/2.json", "{}"}, {"a.json", "[]"}});
    EXPECT_THAT(expand(file), ElementsAre("!/b/2.json", "!/a.json")) << form;
    EXPECT_THAT(errors_, IsEmpty());
  }
}

TEST_F(Archives, GiveTheirMembersInAnyOrder) {
  std::string large(300'000, 'x');
  for (const std::string form : {"zip", "ustar"}) {
    const auto file = make("a." + form, form, {{"1", "one"}, {"2", large}, {"3", "three"}});
    FileOpener opener;
    EXPECT_EQ(content(opener, file + "!/1"), "one");
    EXPECT_EQ(content(opener, file + "!/3"), "three");
    EXPECT_EQ(content(opener, file + "!/2"), large) << "before the last one";
    EXPECT_EQ(content(opener, file + "!/3"), "three");
    EXPECT_EQ(content(opener, file + "!/4"), "base.no_such_member");
    EXPECT_EQ(content(opener, file + "!/1"), "one");
  }
}

TEST_F(Archives, MayBePackedByGzip) {
  const auto tar = read_file(make("a.tar", "ustar", {{"1", "one"}, {"2", "two"}}), 1U << 20U);
  ASSERT_TRUE(tar);
  ASSERT_TRUE(write_file(path("a.json"), gzip(*tar)));
  EXPECT_THAT(expand(path("a.json")), ElementsAre("!/1", "!/2")) << "whatever the name";
  FileOpener opener;
  EXPECT_EQ(content(opener, path("a.json") + "!/2"), "two");
}

TEST_F(Archives, WithTwoMembersOfOneNameGiveBoth) {
  const auto file = make("a.zip", "zip", {{"x", "1"}, {"x", "2"}});
  EXPECT_THAT(expand(file), ElementsAre("!/x", "!/x~2"));
  FileOpener opener;
  EXPECT_EQ(content(opener, file + "!/x~2"), "2");
}

TEST_F(Archives, NamesAreNeverPathsOnDisk) {
  ASSERT_TRUE(write_file(path("secret"), "mine"));
  const auto file = make("a.zip", "zip", {{"../secret", "theirs"}, {"/etc/passwd", "no"}});
  EXPECT_THAT(expand(file), ElementsAre("!/../secret", "!//etc/passwd"));
  FileOpener opener;
  EXPECT_EQ(content(opener, file + "!/../secret"), "theirs");
}

TEST_F(Archives, ThatAreBrokenKeepWhatCouldBeListed) {
  const auto file = make("a.tar", "ustar", {{"1", std::string(2000, 'a')}, {"2", "two"}});
  auto bytes = read_file(file, 1U << 20U);
  ASSERT_TRUE(bytes);
  ASSERT_TRUE(write_file(file, bytes->substr(0, 1000)));
  EXPECT_THAT(expand(file), ElementsAre("!/1"));
  EXPECT_THAT(errors_, ElementsAre("base.corrupt_archive"));
}

TEST_F(Archives, OfMoreMembersThanAllowedAreCutThere) {
  limits_.max_archive_members = 2;
  const auto file = make("a.zip", "zip", {{"1", ""}, {"2", ""}, {"3", ""}});
  EXPECT_THAT(expand(file), ElementsAre("!/1", "!/2"));
  EXPECT_THAT(errors_, ElementsAre("base.too_many_members"));
}

// Archives in archives, made inside out.
class NestedArchives : public Archives {
 protected:
  using Members = std::vector<std::pair<std::string, std::string>>;
  std::string bytes(const std::string& form, const Members& members) {
    const auto made = read_file(make("inner", form, members), std::size_t{1} << 30U);
    std::filesystem::remove(path("inner"));
    return made.value_or("");
  }
};

TEST_F(NestedArchives, AreLookedIntoWhateverTheyAre) {
  const std::string tar = bytes("ustar", {{"b.json", "in tar"}, {"c.json", "too"}});
  const std::string zip = bytes("zip", {{"d/e.json", "in zip"}});
  for (const std::string form : {"zip", "ustar"}) {
    const auto file = make("a." + form, form,
                           {{"1.tar", tar},
                            {"2.json", "between"},
                            {"3.tar.gz", gzip(tar)},
                            {"4", zip},
                            {"5.zip", bytes("zip", {{"x.tgz", gzip(tar)}})}});
    EXPECT_THAT(expand(file),
                ElementsAre("!/1.tar!/b.json", "!/1.tar!/c.json", "!/2.json", "!/3.tar.gz!/b.json",
                            "!/3.tar.gz!/c.json", "!/4!/d/e.json", "!/5.zip!/x.tgz!/b.json",
                            "!/5.zip!/x.tgz!/c.json"))
        << form;
    EXPECT_THAT(errors_, IsEmpty());
    FileOpener opener;
    for (const bool again : {false, true}) {
      EXPECT_EQ(content(opener, file + "!/1.tar!/b.json"), "in tar") << again;
      EXPECT_EQ(content(opener, file + "!/2.json"), "between");
      EXPECT_EQ(content(opener, file + "!/3.tar.gz!/c.json"), "too");
      EXPECT_EQ(content(opener, file + "!/3.tar.gz!/b.json"), "in tar");
      EXPECT_EQ(content(opener, file + "!/4!/d/e.json"), "in zip");
      EXPECT_EQ(content(opener, file + "!/5.zip!/x.tgz!/c.json"), "too");
    }
    EXPECT_EQ(content(opener, file + "!/5.zip!/x.tgz!/z"), "base.no_such_member");
    EXPECT_EQ(content(opener, file + "!/2.json!/z"), "base.no_such_member");
    EXPECT_EQ(content(opener, file + "!/9.zip!/z"), "base.no_such_member");
  }
}

TEST_F(NestedArchives, DeeperThanAllowedOrNamedAsLogsAreFiles) {
  std::string zip = bytes("zip", {{"x.json", "{}"}});
  for (const char* name : {"1.zip", "2.zip", "3.zip"}) zip = bytes("zip", {{name, zip}});
  const auto file =
      make("a.zip", "zip", {{"0.zip", zip}, {"log.json", zip}, {"b.log.gz", gzip(zip)}});
  EXPECT_THAT(expand(file), ElementsAre("!/0.zip!/3.zip!/2.zip", "!/log.json", "!/b.log.gz"));
  FileOpener opener;
  EXPECT_TRUE(looks_like_archive(content(opener, file + "!/0.zip!/3.zip!/2.zip")));
  EXPECT_EQ(content(opener, file + "!/0.zip!/3.zip!/2.zip!/1.zip!/x.json"), "base.nested_archive");
}

TEST_F(NestedArchives, WhoseNamesHoldTheMarkLeadToOneMemberEach) {
  const auto file = make(
      "a.zip", "zip", {{"b.zip", bytes("zip", {{"../c", "within"}})}, {"b.zip!/../c", "beside"}});
  EXPECT_THAT(expand(file), ElementsAre("!/b.zip!/../c", "!/b.zip_/../c"));
  FileOpener opener;
  EXPECT_EQ(content(opener, file + "!/b.zip!/../c"), "within");
  EXPECT_EQ(content(opener, file + "!/b.zip_/../c"), "beside");
}

TEST_F(NestedArchives, OfWhichOneIsBrokenKeepTheOthers) {
  const std::string tar = bytes("ustar", {{"1", std::string(2000, 'a')}, {"2", "two"}});
  const auto file = make("a.zip", "zip", {{"b.tar", tar.substr(0, 1000)}, {"c.tar", tar}});
  EXPECT_THAT(expand(file), ElementsAre("!/b.tar!/1", "!/c.tar!/1", "!/c.tar!/2"));
  EXPECT_THAT(errors_, ElementsAre("base.corrupt_archive"));
}

TEST_F(NestedArchives, ShareTheBoundOfMembers) {
  limits_.max_archive_members = 5;
  const std::string zip = bytes("zip", {{"1", ""}, {"2", ""}});
  const auto file = make("a.zip", "zip", {{"a", zip}, {"b", zip}, {"c", zip}});
  EXPECT_THAT(expand(file), ElementsAre("!/a!/1", "!/a!/2", "!/b!/1"));
  EXPECT_THAT(errors_, ElementsAre("base.too_many_members"));
}

// A kilobyte of each hundred megabytes, in a zip of zips: no level inflates too far by itself.
TEST_F(NestedArchives, ThatInflateTooFarTogetherAreRefused) {
  const std::string zeros(40U << 20U, '0');
  const std::string inner = bytes("zip", {{"z", zeros}});
  const std::string middle = bytes("zip", {{"1.zip", inner}, {"2.zip", inner}});
  const auto file = make("a.zip", "zip", {{"m.zip", middle}, {"g.json.gz", gzip(gzip(zeros))}});
  expand(file);
  FileOpener opener;
  EXPECT_EQ(content(opener, file + "!/m.zip!/1.zip!/z"), "base.inflates_too_far");
}

// However many files are asked for one after another: the bound is that of the file on disk.
TEST_F(NestedArchives, UnpackNoMoreForManyFilesThanForOne) {
  const std::string inner = bytes("zip", {{"z", std::string(10U << 20U, '0')}});
  Members within;
  for (int i = 0; i < 10; ++i) within.emplace_back(std::to_string(i) + ".zip", inner);
  const std::string middle = bytes("zip", within);
  const auto file =
      make("a.zip", "zip",
           {{"0.zip", middle}, {"1.zip", middle}, {"2.zip", middle}, {"plain.json", "beside"}});
  FileOpener opener;
  std::uint64_t given = 0;
  int num_refused = 0;
  for (int i = 0; i < 30; ++i) {
    const auto member = fmt::format("{}!/{}.zip!/{}.zip!/z", file, i / 10, i % 10);
    const std::string read = content(opener, member);
    num_refused += read == "base.inflates_too_far" ? 1 : 0;
    given += read.size();
  }
  EXPECT_LE(given, kDefaultLimits.inflate_free_bytes + (10U << 20U));
  EXPECT_GE(num_refused, 26);
  EXPECT_EQ(content(opener, file + "!/plain.json"), "beside");
}

TEST_F(Archives, LeaveOtherFilesAsTheyAre) {
  for (const std::string& bytes : {std::string("{}"), std::string(), std::string("PK"),
                                   gzip("{\"a\":1}"), std::string(600, 'u')}) {
    ASSERT_TRUE(write_file(path("f"), bytes));
    EXPECT_THAT(expand(path("f")), ElementsAre(""));
    EXPECT_THAT(errors_, IsEmpty());
  }
}

TEST_F(Archives, AFileWhoseNameHoldsTheMarkIsItself) {
  std::filesystem::create_directories(folder_ / "a.zip!");
  ASSERT_TRUE(write_file(path("a.zip!/b"), "plain"));
  FileOpener opener;
  EXPECT_EQ(content(opener, path("a.zip!/b")), "plain");
}

}  // namespace
}  // namespace nepho
