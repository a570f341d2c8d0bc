// The account of a run as JSON (cli.md, "Summary").
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "detect/near_misses.h"
#include "plan/plan.h"
#include "stream/run.h"

namespace nepho::report {

// One document with "schema": "nephometer/summary/1". `num_refused`: rules that could not be run.
// `silent`: with "near_misses", where somebody asked for them.
std::string summary_json(const plan::Plan& plan, const stream::RunResult& result,
                         const std::vector<std::string>& files, std::uint64_t num_refused,
                         std::chrono::duration<double> took,
                         const std::vector<detect::SilentRule>* silent = nullptr);

}  // namespace nepho::report
