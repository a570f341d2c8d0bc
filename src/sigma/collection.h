// Sigma 1's collections: documents of one file that share parts.
#pragma once

#include <string>
#include <vector>

#include "base/problem.h"
#include "text/yaml.h"

namespace nepho::sigma {

// Carries out `action` and gives the documents that are left, without it:
//   global  its content is laid under every document after it
//   reset   forgets what is global
//   repeat  the document before, with this one laid over it
// Mappings are merged key by key, anything else is replaced. An unknown action, or a repeat of
// nothing, is an error in the report and costs its document. Empty documents are left out.
std::vector<text::YamlNode> carry_out_actions(std::vector<text::YamlNode> documents,
                                              const std::string& file, LoadReport& report);

}  // namespace nepho::sigma
