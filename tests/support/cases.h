// How many random cases a test tries.
#pragma once

namespace nepho::tests {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

// `wanted`, and a hundredth of it under a sanitizer: there the cases ask another question, whether
// any of them reads where it must not, and each allocation costs some hundred times as much
// (200,000 records in event/record_view_test: 0.6 s without, 297 s with the address sanitizer).
constexpr int num_cases(int wanted) { return kSanitized ? wanted / 100 : wanted; }

}  // namespace nepho::tests
