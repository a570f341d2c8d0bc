#include "stream/input_sorter.h"

#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <numeric>

#include "base/check.h"

namespace nepho::stream {
namespace {

using detect::StoredHead;

std::unexpected<Error> cannot(const char* what) {
  return fail(kCannotSpill, std::string(what) + ": " + std::strerror(errno), {},
              "correlations of many events need room there: set TMPDIR to a folder that has it");
}

// In the system's folder for such files (TMPDIR, else /tmp), without a name from the start.
std::FILE* nameless_file() {
  std::error_code error;
  const auto folder = std::filesystem::temp_directory_path(error);
  std::string path = ((error ? std::filesystem::path("/tmp") : folder) / "nepho.XXXXXX").string();
  const int descriptor = mkstemp(path.data());
  if (descriptor < 0) return nullptr;
  unlink(path.c_str());
  return fdopen(descriptor, "w+b");
}

bool write(std::FILE* file, const void* bytes, std::size_t size) {
  return std::fwrite(bytes, 1, size, file) == size;
}

}  // namespace

Result<void> InputSorter::add(const detect::StoredInputs& inputs) {
  num_inputs_ += inputs.heads.size();
  num_untimed_ += inputs.num_untimed;
  for (std::size_t i = 0; i < inputs.heads.size(); ++i)
    held_.append(inputs.heads[i], inputs.texts_of(i));
  return held_.num_bytes() > max_bytes_ ? spill() : Result<void>{};
}

// Only numbers are moved: the matches lie where they were put. Most logs are in order already.
void InputSorter::sort() {
  if (order_.size() == held_.heads.size()) return;
  order_.resize(held_.heads.size());
  std::iota(order_.begin(), order_.end(), 0U);
  const auto order = [&](std::uint32_t i) { return held_.heads[i].order(); };
  if (!std::ranges::is_sorted(order_, {}, order)) std::ranges::sort(order_, {}, order);
}

Result<void> InputSorter::spill() {
  sort();
  File file(nameless_file());
  if (!file) return cannot("no temporary file can be made");
  for (const std::uint32_t i : order_) {
    const std::string_view texts = held_.texts_of(i);
    if (!write(file.get(), &held_.heads[i], sizeof(StoredHead)) ||
        !write(file.get(), texts.data(), texts.size()))
      return cannot("a temporary file cannot be written");
  }
  if (std::fflush(file.get()) != 0) return cannot("a temporary file cannot be written");
  runs_.push_back(std::move(file));
  held_.clear();
  order_.clear();
  return {};
}

// Where one run stands: in a sorter's memory, or in a file.
class InputMerge::Cursor {
 public:
  explicit Cursor(const InputSorter& held) : held_(&held) {}
  explicit Cursor(std::FILE* file) : file_(file) {}

  Result<void> rewind() {
    at_ = 0;
    if (file_ != nullptr && std::fseek(file_, 0, SEEK_SET) != 0)
      return cannot("a temporary file cannot be read again");
    return {};
  }

  // False at the end; an error when the file has not what was written to it.
  Result<bool> next() {
    if (held_ != nullptr) {
      if (at_ == held_->order_.size()) return false;
      const std::uint32_t i = held_->order_[at_++];
      head_ = held_->held_.heads[i];
      texts_view_ = held_->held_.texts_of(i);
      return true;
    }
    const std::size_t read = std::fread(&head_, 1, sizeof head_, file_);
    if (read == 0 && std::feof(file_) != 0) return false;
    if (read != sizeof head_) return cannot("a temporary file cannot be read");
    texts_.resize(head_.num_bytes);
    if (std::fread(texts_.data(), 1, texts_.size(), file_) != texts_.size())
      return cannot("a temporary file cannot be read");
    texts_view_ = texts_;
    return true;
  }

  const StoredHead& head() const { return head_; }
  std::string_view texts() const { return texts_view_; }

 private:
  const InputSorter* held_ = nullptr;
  std::FILE* file_ = nullptr;
  std::size_t at_ = 0;
  StoredHead head_;
  std::string texts_;
  std::string_view texts_view_;
};

InputMerge::InputMerge(std::vector<InputSorter*> sorters) : sorters_(std::move(sorters)) {
  for (InputSorter* sorter : sorters_) {
    sorter->sort();
    cursors_.push_back(std::make_unique<Cursor>(*sorter));
    for (const auto& run : sorter->runs_) cursors_.push_back(std::make_unique<Cursor>(run.get()));
  }
}

InputMerge::~InputMerge() = default;

namespace {

constexpr auto kLater = [](const auto* a, const auto* b) {
  return a->head().order() > b->head().order();
};

}  // namespace

Result<void> InputMerge::rewind() {
  heap_.clear();
  current_ = nullptr;
  error_.reset();
  for (const auto& cursor : cursors_) {
    if (auto begun = cursor->rewind(); !begun) return begun;
    if (advance(*cursor)) heap_.push_back(cursor.get());
  }
  std::ranges::make_heap(heap_, kLater);
  if (error_) return std::unexpected(*error_);
  return {};
}

bool InputMerge::advance(Cursor& cursor) {
  auto more = cursor.next();
  if (!more) error_ = std::move(more.error());
  return more && *more;
}

// The one that was given last goes on only now, since its texts were looked at until then.
bool InputMerge::next() {
  if (current_ != nullptr) {
    if (advance(*current_)) {
      std::ranges::push_heap(heap_, kLater);
    } else {
      heap_.pop_back();
    }
    current_ = nullptr;
  }
  if (heap_.empty()) return false;
  std::ranges::pop_heap(heap_, kLater);
  current_ = heap_.back();
  return true;
}

const StoredHead& InputMerge::head() const { return current_->head(); }
std::string_view InputMerge::texts() const { return current_->texts(); }

}  // namespace nepho::stream
