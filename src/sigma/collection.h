// Sigma 1's collections: documents of one file that share parts.
//
// Specification 2 has no `action` any more, but rules written before it live on in private
// repositories and in SigmaHQ's older releases; reading them costs little and losing them silently
// (a document without its `condition` is no rule) would cost detections.
#pragma once

#include <string>
#include <vector>

#include "base/limits.h"
#include "base/problem.h"
#include "text/yaml.h"

namespace nepho::sigma {

// Carries out `action` and gives the documents that are left, without it:
//   global  its content is laid under every document after it
//   reset   forgets what is global
//   repeat  the document before, with this one laid over it
// Mappings are merged key by key, anything else is replaced. A document that was merged stands
// where the upper of the two stood; its parts keep their own places.
//
// An unknown action, or a repeat of nothing, is an error in the report and costs its document.
// Copies make a file larger than its text: what is merged may have `limits.max_yaml_nodes` nodes in
// all, and the documents behind that are left out with one error (kTooMany). Empty documents are
// left out without a word. Cost: linear in the nodes that come out.
std::vector<text::YamlNode> carry_out_actions(std::vector<text::YamlNode> documents,
                                              const std::string& file, const Limits& limits,
                                              LoadReport& report);

}  // namespace nepho::sigma
