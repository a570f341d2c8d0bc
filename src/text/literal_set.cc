#include "text/literal_set.h"

#include <hs/hs.h>

#include "base/check.h"

namespace nepho::text {
namespace {

hs_database_t* database_in(void* memory) { return static_cast<hs_database_t*>(memory); }

int add_found(unsigned id, unsigned long long /*from*/, unsigned long long /*to*/,
              unsigned /*flags*/, void* found) {
  static_cast<std::vector<std::uint32_t>*>(found)->push_back(id);
  return 0;
}

}  // namespace

void LiteralSet::Free::operator()(void* database) const { hs_free_database(database_in(database)); }

void LiteralSet::Scratch::Free::operator()(void* memory) const {
  hs_free_scratch(static_cast<hs_scratch_t*>(memory));
}

LiteralSet::Scratch::Scratch(const LiteralSet& set) {
  hs_scratch_t* memory = nullptr;
  CHECK(hs_alloc_scratch(database_in(set.database_.get()), &memory) == HS_SUCCESS);
  memory_.reset(memory);
}

Result<LiteralSet> LiteralSet::of(const std::vector<std::string>& literals) {
  std::vector<const char*> texts;
  std::vector<std::size_t> sizes;
  std::vector<unsigned> ids;
  for (const std::string& literal : literals) {
    ids.push_back(static_cast<unsigned>(texts.size()));
    texts.push_back(literal.data());
    sizes.push_back(literal.size());
  }
  const std::vector<unsigned> flags(literals.size(), HS_FLAG_SINGLEMATCH);
  hs_database_t* database = nullptr;
  hs_compile_error_t* refused = nullptr;
  const auto code = hs_compile_lit_multi(texts.data(), flags.data(), ids.data(), sizes.data(),
                                         static_cast<unsigned>(texts.size()), HS_MODE_BLOCK,
                                         nullptr, &database, &refused);
  if (code != HS_SUCCESS) {
    std::string why = refused != nullptr ? refused->message : "no memory";
    hs_free_compile_error(refused);
    return fail(kLiteralsRefused, "the literals cannot be looked for together: " + why);
  }
  LiteralSet set;
  set.database_.reset(database);
  return set;
}

void LiteralSet::find(std::string_view text, Scratch& scratch,
                      std::vector<std::uint32_t>& found) const {
  const auto code =
      hs_scan(database_in(database_.get()), text.data(), static_cast<unsigned>(text.size()), 0,
              static_cast<hs_scratch_t*>(scratch.memory_.get()), add_found, &found);
  CHECK(code == HS_SUCCESS);
}

}  // namespace nepho::text
