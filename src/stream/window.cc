#include "stream/window.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/line_count.h"

namespace nepho::stream {

void Window::open(std::unique_ptr<ByteSource> source) {
  source_ = std::move(source);
  begin_ = end_ = 0;
  offset_ = 0;
  line_ = 1;
  at_end_ = false;
  error_.reset();
}

void Window::begin_at(std::uint64_t offset, std::uint64_t line) {
  offset_ = offset;
  line_ = line;
}

void Window::give_up(Error error) {
  begin_ = end_ = 0;
  at_end_ = true;
  error_ = std::move(error);
}

void Window::close() {
  begin_ = end_ = 0;
  at_end_ = true;
  error_.reset();
  source_.reset();
}

std::unique_ptr<ByteSource> Window::release(std::string& unread) {
  unread.assign(bytes());
  begin_ = end_ = 0;
  at_end_ = true;
  return std::move(source_);
}

void Window::fill(std::size_t size) {
  if (end_ - begin_ >= size || at_end_) return;
  if (begin_ + size > buffer_.capacity() && begin_ != 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
  }
  buffer_.reserve(size, end_);
  while (end_ - begin_ < size && !at_end_) {
    const auto got = source_->read(buffer_.data() + end_, buffer_.capacity() - end_);
    if (!got) error_ = got.error();
    at_end_ = !got || *got == 0;
    end_ += got.value_or(0);
  }
}

void Window::drop(std::size_t count) {
  line_ += count_line_ends(bytes().substr(0, count));
  offset_ += count;
  begin_ += count;
}

std::size_t Window::give(std::size_t count, bool may_hand_over, Buffer& out) {
  const std::size_t at = begin_;
  drop(count);
  const std::size_t rest = end_ - begin_;
  if (!may_hand_over || rest >= count) {
    out.reserve(count);
    std::memcpy(out.data(), buffer_.data() + at, count);
    return 0;
  }
  out.reserve(std::max(buffer_.capacity(), rest));
  if (rest != 0) std::memcpy(out.data(), buffer_.data() + begin_, rest);
  std::swap(out, buffer_);
  begin_ = 0;
  end_ = rest;
  return at;
}

}  // namespace nepho::stream
