#include "text/yaml_pack.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <random>

namespace nepho::text {
namespace {

// Everything that a tree says, places and all.
std::string written(const YamlNode& node) {
  std::string out = fmt::format("{}{}@{}:{} ", static_cast<int>(node.kind),
                                node.is_plain ? "p" : "q", node.line, node.column);
  if (node.is_scalar()) return out + '"' + node.text + '"';
  for (const YamlNode& item : node.items) out += "[" + written(item) + "]";
  for (const auto& [key, value] : node.members)
    out += "{" + written(key) + "=" + written(value) + "}";
  return out;
}

std::string written(const std::vector<YamlNode>& documents) {
  std::string out;
  for (const YamlNode& document : documents) out += written(document) + "\n---\n";
  return out;
}

TEST(YamlPack, GivesBackEveryTreeOfTheBuiltInKnowledge) {
  const Knowledge knowledge;
  std::size_t num_files = 0;
  for (const KnowledgeFile* file : knowledge.list("")) {
    if (!file->path.ends_with(".yml")) {
      EXPECT_TRUE(file->prepared.empty()) << file->path;
      continue;
    }
    ++num_files;
    const auto unpacked = unpack_yaml(file->prepared);
    ASSERT_TRUE(unpacked) << file->path;
    const YamlStream parsed = parse_yaml_stream(file->content, file->place);
    ASSERT_FALSE(parsed.error) << file->path;
    EXPECT_EQ(written(*unpacked), written(parsed.documents)) << file->path;
  }
  EXPECT_GT(num_files, 100U);
}

TEST(YamlPack, KeepsDocumentsAliasesAndEmptyContainers) {
  const YamlStream parsed = parse_yaml_stream(
      "a: &x {b: [], c: {}, d: ''}\ne: *x\n---\n- |\n  two\n  lines\n- ~\n---\nplain\n", "f");
  ASSERT_FALSE(parsed.error);
  const auto unpacked = unpack_yaml(pack_yaml(parsed.documents));
  ASSERT_TRUE(unpacked);
  EXPECT_EQ(written(*unpacked), written(parsed.documents));
  EXPECT_EQ(unpacked->size(), 3U);
}

TEST(YamlPack, KnowsThatNoDocumentIsNotNoBytes) {
  EXPECT_TRUE(unpack_yaml(pack_yaml({})));
  EXPECT_FALSE(unpack_yaml(""));
}

TEST(YamlPack, RefusesBytesThatEndEarlyOrLate) {
  const YamlStream parsed = parse_yaml_stream("a: [b, {c: d}]\n", "f");
  const std::string bytes = pack_yaml(parsed.documents);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(unpack_yaml(std::string_view(bytes).substr(0, size))) << size;
  EXPECT_FALSE(unpack_yaml(bytes + '\0'));
}

// `depth` containers of one kind around a scalar.
YamlNode nested(YamlKind kind, std::size_t depth) {
  YamlNode node;
  for (std::size_t i = 0; i < depth; ++i) {
    YamlNode around;
    around.kind = kind;
    if (kind == YamlKind::kSequence) {
      around.items.push_back(std::move(node));
    } else {
      around.members.emplace_back(YamlNode(), std::move(node));
    }
    node = std::move(around);
  }
  return node;
}

TEST(YamlPack, TakesNoMoreDepthThanAParserDoes) {
  for (const YamlKind kind : {YamlKind::kSequence, YamlKind::kMapping}) {
    const std::size_t most = kDefaultLimits.max_yaml_depth;
    EXPECT_TRUE(unpack_yaml(pack_yaml({nested(kind, most)}))) << static_cast<int>(kind);
    EXPECT_FALSE(unpack_yaml(pack_yaml({nested(kind, most + 1)}))) << static_cast<int>(kind);
  }
}

// Nothing is read behind the end and nothing large is asked for, whatever the bytes say.
TEST(YamlPack, EndsOnAnyBytes) {
  const YamlStream parsed = parse_yaml_stream("a: [b, {c: d, e: 'f'}]\ng: |\n  h\n", "f");
  const std::string bytes = pack_yaml(parsed.documents);
  std::mt19937 random(7);
  std::size_t num_read = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string changed = bytes;
    for (int n = 0; n < 2; ++n) changed[random() % changed.size()] = static_cast<char>(random());
    num_read += unpack_yaml(changed) ? 1 : 0;
  }
  EXPECT_GT(num_read, 0U);  // letters of texts may be any
}

TEST(YamlPack, ReadsAFileOfTheUsersFromItsText) {
  const KnowledgeFile file{"x.yml", "a: b\n", "/home/x.yml"};
  const auto root = read_yaml(file);
  ASSERT_TRUE(root);
  EXPECT_EQ(root->text_at("a"), "b");
  const auto broken = read_yaml(KnowledgeFile{"x.yml", "a: [b\n", "/home/x.yml"});
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().place.file, "/home/x.yml");
  EXPECT_TRUE(read_yaml_stream(KnowledgeFile{"x.yml", "a: [b\n", "/home/x.yml"}).error);
}

TEST(YamlPack, ReadsWhatWasPreparedWhereItIsThere) {
  const YamlStream other = parse_yaml_stream("a: prepared\n", "f");
  const std::string bytes = pack_yaml(other.documents);
  const auto root = read_yaml(KnowledgeFile{"x.yml", "a: written\n", "x.yml", bytes});
  ASSERT_TRUE(root);
  EXPECT_EQ(root->text_at("a"), "prepared");
}

}  // namespace
}  // namespace nepho::text
