# A folder of src/ is a static library nepho_<folder> and a test program <folder>_test; it links every
# folder of a lower level in src/levels.txt, and no other.

# nepho_levels_below(FOLDER OUT): the folders of a lower level that exist.
function(nepho_levels_below folder out)
  file(STRINGS ${CMAKE_SOURCE_DIR}/src/levels.txt lines REGEX "^[0-9]+ ")
  foreach(line IN LISTS lines)
    string(REGEX MATCH "^([0-9]+) ([a-z]+)" unused "${line}")
    set(level_${CMAKE_MATCH_2} ${CMAKE_MATCH_1})
    list(APPEND names ${CMAKE_MATCH_2})
  endforeach()
  if(NOT DEFINED level_${folder})
    message(FATAL_ERROR "src/levels.txt does not list the folder '${folder}'")
  endif()
  set(below)
  foreach(name IN LISTS names)
    if(level_${name} LESS level_${folder} AND TARGET nepho_${name})
      list(APPEND below nepho_${name})
    endif()
  endforeach()
  list(REVERSE below)
  set(${out} ${below} PARENT_SCOPE)
endfunction()

function(nepho_folder folder)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "LINKS")
  file(GLOB all CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/*.cc)
  set(sources ${all})
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$|/main\\.cc$")
  set(tests ${all})
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")
  if(NOT sources)
    return()
  endif()

  set_property(GLOBAL APPEND PROPERTY NEPHO_FOLDERS ${folder})
  nepho_levels_below(${folder} below)
  add_library(nepho_${folder} STATIC ${sources})
  target_include_directories(nepho_${folder} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(nepho_${folder} PUBLIC ${below} nepho_flags fmt::fmt PRIVATE ${arg_LINKS})
  if(TARGET nepho_base AND NOT folder STREQUAL base)
    target_precompile_headers(nepho_${folder} REUSE_FROM nepho_base)
  else()
    target_precompile_headers(nepho_${folder} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.h)
  endif()

  if(tests)
    add_executable(${folder}_test ${tests})
    target_link_libraries(${folder}_test PRIVATE nepho_${folder} nepho_test_support GTest::gmock GTest::gtest GTest::gtest_main)
    target_compile_definitions(${folder}_test PRIVATE NEPHO_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
    target_precompile_headers(${folder}_test REUSE_FROM nepho_base)
    gtest_discover_tests(${folder}_test TEST_PREFIX "${folder}." DISCOVERY_TIMEOUT 60)
  endif()
endfunction()

function(nepho_program name main)
  if(EXISTS ${CMAKE_SOURCE_DIR}/${main})
    add_executable(${name} ${CMAKE_SOURCE_DIR}/${main})
    target_link_libraries(${name} PRIVATE nepho_cli)
    set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR})
  endif()
endfunction()

# Fails the build on an include that points upwards or sideways.
function(nepho_check_levels)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/*.h ${CMAKE_SOURCE_DIR}/src/*.cc)
  set(stamp ${CMAKE_BINARY_DIR}/levels.checked)
  add_custom_command(
    OUTPUT ${stamp}
    COMMAND ${CMAKE_COMMAND} -DSOURCE=${CMAKE_SOURCE_DIR}/src -P ${CMAKE_SOURCE_DIR}/cmake/check_levels.cmake
    COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
    DEPENDS ${files} ${CMAKE_SOURCE_DIR}/src/levels.txt ${CMAKE_SOURCE_DIR}/cmake/check_levels.cmake
    COMMENT "Checking that includes point down only" VERBATIM)
  add_custom_target(check_levels ALL DEPENDS ${stamp})
endfunction()
