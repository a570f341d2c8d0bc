// UTF-16 files, as Windows tools write them, for readers that know UTF-8.
#pragma once

#include <memory>
#include <string>

#include "base/byte_source.h"
#include "text/utf16.h"

namespace nepho::stream {

// What `head`, bytes read before, and then `source` hold, as UTF-8 (text::Utf16Decoder). Offsets in
// what it gives are not those of the file.
std::unique_ptr<ByteSource> make_utf16_source(text::UtfForm form, std::string head,
                                              std::unique_ptr<ByteSource> source);

}  // namespace nepho::stream
