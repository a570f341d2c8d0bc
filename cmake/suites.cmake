# What stands outside src/: suites that cross folders, fuzz targets and benchmarks.

# Everything of src/ in one link: what a suite, a fuzz target or a benchmark may use.
add_library(nepho_everything INTERFACE)
get_property(folders GLOBAL PROPERTY NEPHO_FOLDERS)
list(REVERSE folders)
foreach(folder IN LISTS folders)
  target_link_libraries(nepho_everything INTERFACE nepho_${folder})
endforeach()

# tests/<suite>/*_test.cc become the program <suite>_tests, with the *_naive.cc that they hold others against; each test is named
# <suite>.<its name>.
# The suites drive the built program (tests/support/program.h), hence the dependency on it.
function(nepho_suite suite)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/${suite}/*_test.cc ${CMAKE_SOURCE_DIR}/tests/${suite}/*_naive.cc)
  if(NOT sources OR NOT TARGET nepho)
    return()
  endif()
  add_executable(${suite}_tests ${sources})
  target_link_libraries(${suite}_tests PRIVATE nepho_everything nepho_test_support GTest::gmock GTest::gtest_main)
  target_precompile_headers(${suite}_tests REUSE_FROM nepho_base)
  add_dependencies(${suite}_tests nepho)
  gtest_discover_tests(${suite}_tests TEST_PREFIX "${suite}." DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()

# fuzz/NAME.cc becomes the libFuzzer program fuzz_NAME; its seeds, where there are any, are fuzz/seeds/NAME/.
function(nepho_fuzz_targets)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/fuzz/*.cc)
  add_custom_target(fuzz_targets)
  foreach(source IN LISTS sources)
    get_filename_component(name ${source} NAME_WE)
    add_executable(fuzz_${name} ${source})
    target_link_libraries(fuzz_${name} PRIVATE nepho_everything nepho_test_support)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    set_target_properties(fuzz_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
    add_dependencies(fuzz_targets fuzz_${name})
  endforeach()
endfunction()

# bench/NAME.cc becomes the Google Benchmark program bench_NAME.
function(nepho_benchmarks)
  find_package(benchmark REQUIRED)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/bench/*.cc)
  foreach(source IN LISTS sources)
    get_filename_component(name ${source} NAME_WE)
    add_executable(bench_${name} ${source})
    target_link_libraries(bench_${name} PRIVATE nepho_everything benchmark::benchmark benchmark::benchmark_main)
    set_target_properties(bench_${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bench)
  endforeach()
endfunction()
